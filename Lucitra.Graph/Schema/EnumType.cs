using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>A GraphQL enum over one of the code's, described by its XML documentation.</summary>
internal sealed class EnumType<TEnum> : EnumerationGraphType<TEnum>
    where TEnum : struct, Enum
{
    public EnumType()
    {
        Name = typeof(TEnum).Name;
        Description = Documentation.Of(typeof(TEnum));
        foreach (var value in Values)
            value.Description = Documentation.Of(typeof(TEnum).GetField(value.Value!.ToString()!)!);
    }
}
