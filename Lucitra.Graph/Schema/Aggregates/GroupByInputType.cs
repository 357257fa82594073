using System.Text.Json;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>One key of a grouping.</summary>
internal sealed class GroupByInputType<T> : InputObjectGraphType
    where T : class
{
    public GroupByInputType()
    {
        Name = $"{typeof(T).Name}GroupByInput";
        Description = "One key of a grouping: a field, or the span of the calendar that an instant falls into.";
        Field<NonNullGraphType<EntityFieldEnumType<T>>>("field").Description("The field whose values make the groups.");
        Field<EnumType<DateBucket>>("bucket").Description("Groups instants by the span they fall into; for fields of type DateTime only.");
        Field<StringGraphType>("timeZone").Description("The IANA time zone of the span, such as `Europe/Lisbon`; left out: `UTC`.");
    }
}

/// <summary>The columns of an entity, for naming one.</summary>
internal sealed class EntityFieldEnumType<T> : EnumerationGraphType
    where T : class
{
    public EntityFieldEnumType(EntityType<T> entity)
    {
        Name = $"{entity.Name}Field";
        Description = $"A field of {entity.Name}.";
        foreach (var column in entity.Columns.Where(column => column.Ids is null))
            Add(new EnumValueDefinition(JsonNamingPolicy.SnakeCaseUpper.ConvertName(column.Name), column) { Description = Documentation.Of(column.Member) }.Needs(column));
    }
}
