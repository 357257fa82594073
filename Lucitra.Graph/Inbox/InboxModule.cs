using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Inbox;

/// <summary>What HubSpot told and what became of it, for those who operate the server.</summary>
internal static class InboxModule
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<IEntityDefinition<WebhookEvent>, WebhookEventType>()
        .AddSingleton<EventChanges>()
        .AddSingleton<InboxCommands>()
        .AddSingleton<ReplayBudget>()
        .AddSingleton<InboxMutations>()
        .AddSingleton<ISchemaModule, InboxFields>();

    /// <summary>Deletes what is past its time; for the role that applies events.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<Retention>()
        .AddHostedService(provider => provider.GetRequiredService<Retention>());
}

/// <summary>What clients see of an event.</summary>
internal sealed class WebhookEventType(EventChanges changes) : IEntityDefinition<WebhookEvent>
{
    public void Define(EntityType<WebhookEvent> type)
    {
        type.Access(Scopes.WebhooksAdmin);
        type.Identified(e => e.Id);
        type.Column(e => e.Key);
        type.Column(e => e.PortalId);
        type.Column(e => e.AppId);
        type.Column(e => e.ObjectType);
        type.Column(e => e.Kind);
        type.Column(e => e.ObjectId);
        type.Column(e => e.SubscriptionType);
        type.Column(e => e.PropertyName);
        type.Column(e => e.OccurredAt);
        type.Column(e => e.EventId);
        type.Column(e => e.SubscriptionId);
        type.Column(e => e.AttemptNumber);
        type.Column(e => e.ChangeSource);
        type.Column(e => e.SourceId);
        type.Column(e => e.ReceivedAt);
        type.Column(e => e.Status);
        type.Column(e => e.Attempts);
        type.Column(e => e.Reason);
        type.Column(e => e.NextAttemptAt);
        type.Column(e => e.ProcessedAt);
        type.Column(e => e.TraceId);
        type.Computed(
            new FieldType
            {
                Name = "raw",
                Description = "The element of the delivery as HubSpot sent it, letter for letter.",
                Type = typeof(NonNullGraphType<StringGraphType>),
            }.MaskedWithout(Scopes.ContactsReadPersonal),
            (_, e) => e.Raw,
            e => e.Raw);
        type.Computed(
            new FieldType
            {
                Name = "changes",
                Description = "What it changed in records, in the order of the changes; empty where it changed nothing.",
                Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<EventChangeType>>>),
            },
            changes.Of,
            e => e.PortalId, e => e.ObjectType, e => e.ObjectId, e => e.ReceivedAt, e => e.ProcessedAt);
    }
}

/// <summary>What the inbox adds to the schema.</summary>
internal sealed class InboxFields(EntityReader reader, InboxMutations mutations) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<WebhookEvent>(
            reader, "webhookEvents", "The events that HubSpot sent. They are deleted after `Webhooks:Retention`; those that wait for an attempt stay.");
        query.ById<WebhookEvent>("webhookEvent", "The event with this id; null when there is none.");
        mutations.Extend(mutation);
    }
}
