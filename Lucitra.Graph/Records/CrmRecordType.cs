using System.Collections.Frozen;
using System.Linq.Expressions;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Records;

/// <summary>What the types of contacts and deals have in common.</summary>
internal abstract class CrmRecordType<T> : EntityType<T>
    where T : CrmRecord
{
    private readonly FrozenDictionary<string, PropertyColumn<T>> _columns;

    protected CrmRecordType(EntityReader reader, FrozenDictionary<string, PropertyColumn<T>> columns)
        : base(reader)
    {
        _columns = columns;
        Identified(record => record.Id);
        HiddenUnlessNamed(record => record.ArchivedAt == null, "archivedAt");
    }

    /// <summary>The fields that every record ends with. <paramref name="from"/> names the properties that columns hold.</summary>
    protected void RecordFields(params Expression<Func<T, object?>>[] from)
    {
        Column(record => record.PortalId);
        Column(record => record.HubSpotId);
        Column(record => record.CreatedAt);
        Column(record => record.UpdatedAt);
        Column(record => record.ArchivedAt);
        Column(record => record.Version);
        Computed(
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
            (context, record) => Values(record, context.GetArgument<string[]?>("names")),
            [.. from, record => record.Properties, record => record.Stamps]);
    }

    private IEnumerable<PropertyValue> Values(T record, string[]? names)
    {
        var known = names ?? [.. record.Stamps.Keys.Where(name => name[0] != '$').Order(StringComparer.Ordinal)];
        return known.Select(name => new PropertyValue(
            name,
            _columns.GetValueOrDefault(name)?.Read(record) ?? record.Properties.GetValueOrDefault(name),
            record.Stamps.GetValueOrDefault(name)));
    }
}
