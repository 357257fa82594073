using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>Says where a field or type is made who may use it, and reads it again.</summary>
internal static class AccessDeclarations
{
    private const string Rule = "access";
    private const string Mask = "access.mask";
    private const string ByName = "access.byName";

    /// <summary>Who may use a field, the fields of a type, an input field or an enum value.</summary>
    public static T Access<T>(this T element, AccessRule rule)
        where T : IMetadataWriter
    {
        element.Metadata[Rule] = rule;
        return element;
    }

    /// <summary>Text that callers without these scopes get as <see cref="Masking.Text"/>.</summary>
    public static T MaskedWithout<T>(this T field, Scopes scopes)
        where T : IMetadataWriter
    {
        field.Metadata[Mask] = scopes;
        return field;
    }

    /// <summary>An input field that names values of an object, some of which need scopes.</summary>
    public static T AccessByName<T>(this T field, NamedValues values)
        where T : IMetadataWriter
    {
        field.Metadata[ByName] = values;
        return field;
    }

    /// <summary>An input that filters, groups or sorts by a column: it needs what the column's values need.</summary>
    public static T Needs<T>(this T input, EntityColumn column)
        where T : IMetadataWriter =>
        column.Scopes == Scopes.None ? input : input.Access(column.Scopes);

    public static AccessRule? DeclaredAccess(this IMetadataReader element) => element.GetMetadata<AccessRule>(Rule);

    public static Scopes DeclaredMask(this IMetadataReader element) => element.GetMetadata<Scopes>(Mask);

    public static NamedValues? NamedAccess(this IMetadataReader element) => element.GetMetadata<NamedValues>(ByName);

    /// <summary>The rule of a field: its own, else its type's, else that of what it gives; null when nobody said.</summary>
    public static AccessRule? AccessOf(this FieldType field, IGraphType type) =>
        field.DeclaredAccess() ?? type.DeclaredAccess() ?? field.ResolvedType!.GetNamedType().DeclaredAccess();
}
