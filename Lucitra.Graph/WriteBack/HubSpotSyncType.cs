using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.WriteBack;

/// <summary>What clients see of how far HubSpot has a record.</summary>
internal sealed class HubSpotSyncType : IEntityDefinition<HubSpotSync>
{
    public void Define(EntityType<HubSpotSync> type)
    {
        type.Access(AccessRule.SignedIn);
        type.Identified(s => s.RecordId);
        type.Column(s => s.State);
        type.Column(s => s.ChangedAt);
        type.Column(s => s.AskedAt);
        type.Column(s => s.Attempts);
        type.Column(s => s.DueAt);
        type.Column(s => s.ErrorCode);
        type.Computed(
            new FieldType { Name = "error", Description = "Why HubSpot refused the write, or why the last attempt failed; null when there is no such reason.", Type = typeof(HubSpotSyncErrorType) },
            (_, sync) => sync.ErrorCode is null ? null : sync,
            s => s.ErrorCode, s => s.ErrorMessage, s => s.ConflictingHubSpotId, s => s.RefusedProperties);
        type.Computed(
            new FieldType
            {
                Name = "overtaken",
                Description = "HubSpot's internal names of properties whose last write here did not stay: HubSpot had changed them later, or keeps another value.",
                Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>),
            },
            (_, sync) => sync.OvertakenProperties,
            s => s.OvertakenProperties);
    }
}

/// <summary>Why a write is not in HubSpot.</summary>
internal sealed class HubSpotSyncErrorType : ObjectGraphType<HubSpotSync>
{
    public HubSpotSyncErrorType()
    {
        Name = "HubSpotSyncError";
        Description = "Why a write is not in HubSpot.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<EnumType<HubSpotSyncErrorCode>>>("code").Description("What kind of reason it is.").Resolve(context => context.Source.ErrorCode);
        Field<NonNullGraphType<StringGraphType>>("message").Description("The reason in words.").Resolve(context => context.Source.ErrorMessage ?? "");
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("properties")
            .Description("HubSpot's internal names of the properties that were refused, as far as HubSpot tells them.")
            .Resolve(context => context.Source.RefusedProperties);
        Field<StringGraphType>("conflictingHubSpotId")
            .Description("HubSpot's id of another record that stands in the way; null when there is none.")
            .Resolve(context => context.Source.ConflictingHubSpotId);
    }
}
