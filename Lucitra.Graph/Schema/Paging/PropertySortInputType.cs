using System.Linq.Expressions;
using System.Text.Json;
using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>A sort by one value that objects hold by name.</summary>
internal sealed class PropertySortInputType : InputObjectGraphType
{
    /// <summary>Every one is a term of the statement; columns are bounded by their number, names are not.</summary>
    private const int MaxKeys = 10;

    public PropertySortInputType()
    {
        Name = "PropertySortInput";
        Description = "A sort by one property: numbers by size, dates by instant and the rest by code point, as `propertyDefinitions` has its type. "
            + "A property that is not set, or whose text is not of its type, sorts as the greatest value.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("HubSpot's internal name of the property.");
        Field<NonNullGraphType<SortEnumType>>("direction").Description("The direction.");
    }

    public static void Collect(Expression instance, string path, NamedValues values, IEnumerable<object?> items, ICollection<OrderKey> keys)
    {
        foreach (var item in items.Cast<IDictionary<string, object?>>())
        {
            if (keys.Count >= MaxKeys)
                throw new CodedError(ErrorCodes.TooManyOrderKeys, $"A sort by properties has at most {MaxKeys} keys.");
            var name = (string)item["name"]!;
            var kind = values.KindOf(name);

            // The kind is part of the path: once a property's type changes, cursors of the old order no longer fit.
            keys.Add(OrderKey.Of(
                values.Read(instance, name, kind), $"{path}{kind}{JsonSerializer.Serialize(name)}", nullable: true, (SortDirection)item["direction"]!));
        }
    }
}
