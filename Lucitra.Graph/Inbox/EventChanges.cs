using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Inbox;

/// <summary>What an event changed in a record.</summary>
/// <param name="Change">The change that it is a part of.</param>
/// <param name="Field">The field that changed.</param>
internal sealed record EventChange(RecordChange Change, FieldChange Field);

/// <summary>The object type of what an event changed.</summary>
internal sealed class EventChangeType : ObjectGraphType<EventChange>
{
    public EventChangeType()
    {
        Name = "WebhookEventChange";
        Description = "What an event changed in a record.";
        this.Access(AccessRule.AsParent);
        AddField(new FieldType
        {
            Name = "node",
            Description = "The record as it is now; null when it is there no more.",
            Type = typeof(NodeType),
            Resolver = new FuncFieldResolver<EventChange, IDataLoaderResult>(context =>
                ((EntityType)context.Schema.AllTypes[context.Source.Change.RecordType]!).Load(context, context.Source.Change.RecordId)),
        });
        Field<NonNullGraphType<StringGraphType>>("field").Description("HubSpot's internal name of the property that changed.").Resolve(context => context.Source.Field.Field);
        Field<StringGraphType>("old")
            .Description($"Its text before; null when there was none. {PersonalProperties.Note}")
            .Resolve(context => PersonalProperties.Mask(context.Source.Field.Field, context.Source.Field.Old, context.User));
        Field<StringGraphType>("new")
            .Description($"Its text after; null when it was cleared. {PersonalProperties.Note}")
            .Resolve(context => PersonalProperties.Mask(context.Source.Field.Field, context.Source.Field.New, context.User));
    }
}

/// <summary>
/// Finds what events changed: by the records that their HubSpot ids stand for, in the time in which the events were here
/// and not done. The log of changes has no index over events, and needs none for that.
/// </summary>
internal sealed class EventChanges(IDbContextFactory<LucitraDbContext> contexts, Batches batches, TimeProvider clock)
{
    // Receiver and worker may run on machines whose clocks differ.
    private static readonly TimeSpan _clockSkew = TimeSpan.FromMinutes(5);

    public IDataLoaderResult Of(IResolveFieldContext context, WebhookEvent row) =>
        batches
            .Of<WebhookEvent, IReadOnlyList<EventChange>>(context, () => new(ReadAsync, []))
            .Load(row, context.CancellationToken);

    private async Task<IReadOnlyDictionary<object, IReadOnlyList<EventChange>>> ReadAsync(IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
    {
        var events = keys.Cast<WebhookEvent>().Where(e => e is { PortalId: not null, ObjectType: not null, ObjectId: not null }).ToList();
        if (events.Count == 0)
            return new Dictionary<object, IReadOnlyList<EventChange>>();

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var records = await RecordsAsync(db, events, cancellationToken);
        var now = clock.UtcNow();
        var since = events.Min(e => e.ReceivedAt) - _clockSkew;
        var until = events.Max(e => e.ProcessedAt ?? now) + _clockSkew;
        var changes = await db.RecordChanges.AsNoTracking()
            .Where(change => records.Contains(change.RecordId) && change.RecordedAt >= since && change.RecordedAt <= until)
            .OrderBy(change => change.Position)
            .ToListAsync(cancellationToken);
        var byEvent = changes
            .SelectMany(change => change.Fields.Select(field => new EventChange(change, field)))
            .ToLookup(change => change.Field.EventId);
        return events.ToDictionary(object (e) => e, IReadOnlyList<EventChange> (e) => [.. byEvent[e.Id]]);
    }

    private static async Task<List<Guid>> RecordsAsync(LucitraDbContext db, List<WebhookEvent> events, CancellationToken cancellationToken)
    {
        var portals = events.Select(e => e.PortalId!.Value).Distinct().ToList();
        var types = events.Select(e => e.ObjectType!).Distinct().ToList();
        var objects = events.Select(e => e.ObjectId!.Value).Distinct().ToList();
        return await db.HubSpotRecords
            .Where(alias => portals.Contains(alias.PortalId) && types.Contains(alias.ObjectType) && objects.Contains(alias.ObjectId))
            .Select(alias => alias.RecordId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }
}
