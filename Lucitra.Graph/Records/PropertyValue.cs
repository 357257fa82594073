using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Records;

/// <summary>The value of one HubSpot property, and why it is so.</summary>
internal sealed record PropertyValue(string Name, string? Value, Stamp? Stamp);

/// <summary>The GraphQL type of <see cref="PropertyValue"/>.</summary>
internal sealed class PropertyValueType : ObjectGraphType<PropertyValue>
{
    public PropertyValueType()
    {
        Name = "PropertyValue";
        Description = Documentation.Of(typeof(PropertyValue));
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<StringGraphType>>("name").Description("HubSpot's internal name of the property.").Resolve(context => context.Source.Name);
        Field<StringGraphType>("value")
            .Description($"The value as text, as HubSpot's CRM API writes it; null when it was cleared or never set. {PersonalProperties.Note}")
            .Resolve(context => PersonalProperties.Mask(context.Source.Name, context.Source.Value, context.User));
        Field<UtcDateTimeType>("occurredAt")
            .Description("When the value was set, by the clock of whoever set it.")
            .Resolve(context => context.Source.Stamp?.At);
        Field<StringGraphType>("source")
            .Description("What set it: HubSpot's changeSource, such as `CRM_UI` or `IMPORT`, or `LUCITRA_API` for a write to this service.")
            .Resolve(context => context.Source.Stamp?.Source);
        Field<StringGraphType>("sourceId")
            .Description("Who within the source: HubSpot's sourceId, such as `userId:70114592`, or the caller of this service.")
            .Resolve(context => context.Source.Stamp?.SourceId);
        Field<IdGraphType>("webhookEventId")
            .Description("The webhook event that told it; null for a write to this service.")
            .Resolve(context => context.Source.Stamp?.EventId);
    }
}
