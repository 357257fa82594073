using System.Collections.Frozen;
using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Records;

/// <summary>What the types of contacts and deals have in common.</summary>
internal static class CrmRecordFields
{
    /// <summary>The fields that every record ends with. <paramref name="from"/> names the properties that columns of <paramref name="properties"/> hold.</summary>
    public static void Record<T>(
        this EntityType<T> type, RecordProperties<T> properties, params Expression<Func<T, object?>>[] from)
        where T : CrmRecord
    {
        type.FindsByName(properties);
        type.HiddenWhereSet(record => record.ArchivedAt);
        type.Column(record => record.PortalId);
        type.Column(record => record.HubSpotId);
        type.Column(record => record.CreatedAt);
        type.Column(record => record.UpdatedAt);
        type.Column(record => record.ArchivedAt);
        type.Column(record => record.Version);
        type.Reference(record => record.HubSpotSync);
        type.Computed(
            new FieldType
            {
                Name = "properties",
                Description = "HubSpot's properties, all or those named, with when and by what each got its value. Ordered by name.",
                Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<PropertyValueType>>>),
                Arguments = new QueryArguments(new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>>
                {
                    Name = "names",
                    Description = "HubSpot's internal names, such as `hs_lead_status`; a name without a value is answered with null. Left out: every property that ever had a value.",
                }),
            },
            (context, record) => Values(record, properties.Columns, context.GetArgument<string[]?>("names")),
            [.. from, record => record.Properties, record => record.Stamps]);
    }

    private static IEnumerable<PropertyValue> Values<T>(T record, FrozenDictionary<string, PropertyColumn<T>> columns, string[]? names)
        where T : CrmRecord
    {
        var known = names ?? [.. record.Stamps.Keys.Where(name => name[0] != '$').Order(StringComparer.Ordinal)];
        return known.Select(name => new PropertyValue(
            name,
            columns.GetValueOrDefault(name)?.Read(record) ?? record.Properties.GetValueOrDefault(name),
            record.Stamps.GetValueOrDefault(name)));
    }
}
