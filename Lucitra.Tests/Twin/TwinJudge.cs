using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Lucitra.Twin;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Twin;

/// <summary>Compares all that a server knows with the twin it was fed by, and finds every acknowledged event again.</summary>
internal static class TwinJudge
{
    private const int MostShown = 20;

    // What HubSpot works out from other things, and what its API does not give.
    private static readonly HashSet<string> _notCompared =
    [
        "createdate", "lastmodifieddate", "hs_lastmodifieddate", "hs_object_id", "hs_merged_object_ids", "hs_additional_emails", "num_associated_deals",
        "num_associated_contacts", "hs_is_closed", "hs_is_closed_won", "hs_deal_stage_probability", "hs_object_source", "health_note",
    ];

    /// <summary>In what the server differs from the twin, a line each; empty when it is equal.</summary>
    public static Task<List<string>> DifferencesAsync(LucitraApp app, HubSpotTwin twin, params string[] unknown) => app.InDatabaseAsync(async db =>
    {
        var differences = new List<string>();
        foreach (var portal in twin.State.Snapshot().Portals.Values)
        {
            var contacts = await db.Contacts.AsNoTracking().Where(contact => contact.PortalId == portal.Id && contact.MergedIntoId == null).ToListAsync();
            var deals = await db.Deals.AsNoTracking().Where(deal => deal.PortalId == portal.Id && deal.MergedIntoId == null).ToListAsync();
            Compare(differences, "contact", portal.Contacts, contacts, Graph.Contacts.ContactProperties.Columns.GetValueOrDefault, unknown);
            Compare(differences, "deal", portal.Deals, deals, Graph.Deals.DealProperties.Columns.GetValueOrDefault, unknown);
            differences.AddRange(await AliasDifferencesAsync(db, portal));
            differences.AddRange(await ErasureDifferencesAsync(app, portal));
            differences.AddRange(await LinkDifferencesAsync(db, portal));
        }

        return differences.Count > MostShown ? [$"{differences.Count} differences", .. differences.Take(MostShown)] : differences;
    });

    /// <summary>Whether as many events are stored as facts were acknowledged.</summary>
    public static async Task<bool> IsAllStoredAsync(LucitraApp app, HubSpotTwin twin)
    {
        var keys = twin.Ledger.AcknowledgedFacts().Select(KeyOf).Distinct().Count();
        return await app.InDatabaseAsync(db => db.WebhookEvents.CountAsync()) >= keys;
    }

    /// <summary>Acknowledged facts of moments of which fewer events are stored, a line each.</summary>
    public static async Task<List<string>> NotStoredAsync(LucitraApp app, HubSpotTwin twin)
    {
        var counts = await app.InDatabaseAsync(CountsAsync);
        return
        [
            .. Moments(twin.Ledger.AcknowledgedFacts())
                .Where(moment => counts.GetValueOrDefault(moment.Key) < moment.Count())
                .Select(moment => $"{counts.GetValueOrDefault(moment.Key)} stored of {string.Join(" | ", moment)}"),
        ];
    }

    /// <summary>
    /// What became of the events: how many there are of each status. Fails where one that was acknowledged is missing, is stored twice,
    /// is dead, for which the twin gives no reason, or is still to be tried. A request that was stored without an answer may have been the last attempt of its events.
    /// </summary>
    public static Task<string> AccountAsync(LucitraApp app, HubSpotTwin twin) => app.InDatabaseAsync(async db =>
    {
        var keys = twin.Ledger.AcknowledgedFacts().Select(KeyOf).Distinct().Count();
        var statuses = await db.WebhookEvents.GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count);
        var text = string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Value} {one.Key.ToString().ToUpperInvariant()}"));
        Assert.Empty(await db.WebhookEvents.Where(row => row.Status == WebhookEventStatus.Dead).Select(row => $"{row.SubscriptionType}: {row.Reason}").ToListAsync());
        var unanswered = statuses.Values.Sum() - keys;
        if (unanswered != 0)
        {
            var delivered = Moments(twin.Ledger.Lines().Where(line => line.Deliveries > 0).Select(line => line.Fact)).ToDictionary(moment => moment.Key, moment => moment.ToList());
            var tooMany = (await CountsAsync(db)).Where(moment => moment.Value > (delivered.GetValueOrDefault(moment.Key)?.Count ?? 0))
                .Select(moment => $"{moment.Value} stored of {string.Join(" | ", delivered.GetValueOrDefault(moment.Key) ?? [])}").ToList();
            Assert.True(
                unanswered > 0 && tooMany.Count == 0,
                $"{keys} different facts were acknowledged, and {statuses.Values.Sum()} are stored: {text}. {twin.Ledger.Totals}\n{string.Join('\n', tooMany)}");
        }

        Assert.DoesNotContain(WebhookEventStatus.Received, statuses.Keys);
        return $"{keys} acknowledged facts{(unanswered > 0 ? $" and {unanswered} whose answers were lost" : "")}: {text}";
    });

    // Facts that are told apart, by the moment at which they happened.
    private static IEnumerable<IGrouping<(long? PortalId, long OccurredAt), TwinFact>> Moments(IEnumerable<TwinFact> facts) =>
        facts.DistinctBy(KeyOf).GroupBy(fact => (PortalId: (long?)fact.PortalId, fact.OccurredAt));

    private static async Task<Dictionary<(long? PortalId, long OccurredAt), int>> CountsAsync(LucitraDbContext db)
    {
        var stored = await db.WebhookEvents.Select(row => new { row.PortalId, row.OccurredAt }).ToListAsync();
        return stored.CountBy(row => (row.PortalId, new DateTimeOffset(row.OccurredAt ?? default, TimeSpan.Zero).ToUnixTimeMilliseconds())).ToDictionary();
    }

    private static void Compare<T>(
        List<string> differences, string type, TwinRecords twin, List<T> ours, Func<string, PropertyColumn<T>?> column, string[] unknown)
        where T : CrmRecord
    {
        var known = ours.ToDictionary(record => long.Parse(record.HubSpotId!, CultureInfo.InvariantCulture));
        foreach (var (id, record) in twin.Live.Concat(twin.Archived))
        {
            if (!known.Remove(id, out var here))
            {
                differences.Add($"{type} {id} is missing");
                continue;
            }

            if (here.ArchivedAt is null != record.ArchivedAt is null)
                differences.Add($"{type} {id} is {(record.ArchivedAt is null ? "live" : "archived")} there and not here");
            if (record.ArchivedAt is not null)
                continue;
            foreach (var property in record.Properties.Keys.Union(here.Stamps.Keys).Where(name => name[0] != '$' && !_notCompared.Contains(name) && !unknown.Contains(name)))
            {
                var there = record.Properties.GetValueOrDefault(property) is { Length: > 0 } text ? text : null;
                var value = column(property)?.Read(here) ?? here.Properties.GetValueOrDefault(property);
                if (!IsSame(value, there))
                    differences.Add($"{type} {id} {property}: '{there}' there, '{value}' here ({here.Stamps.GetValueOrDefault(property)}, read {here.HubSpotUpdatedAt:O}, changed {record.UpdatedAt.UtcDateTime:O})");
            }
        }

        differences.AddRange(known.Keys.Select(id => $"{type} {id} is here and not there"));
    }

    private static bool IsSame(string? here, string? there) =>
        PropertyText.AreEqual(here, there)
        || (here is not null && there is not null && PropertyText.ToDecimal(here) is { } number && number == PropertyText.ToDecimal(there));

    private static async Task<List<string>> AliasDifferencesAsync(LucitraDbContext db, TwinPortal portal)
    {
        var differences = new List<string>();
        var erased = portal.Contacts.Erased;
        foreach (var (type, aliases) in new[] { (HubSpotObjectTypes.Contact, portal.Contacts.Aliases.Where(alias => !erased.Contains(alias.Value))), (HubSpotObjectTypes.Deal, portal.Deals.Aliases) })
        {
            var names = await db.HubSpotRecords.Where(alias => alias.PortalId == portal.Id && alias.ObjectType == type).ToDictionaryAsync(alias => alias.ObjectId, alias => alias.RecordId);
            var records = type == HubSpotObjectTypes.Contact
                ? await db.Contacts.ToDictionaryAsync(record => record.Id, record => record.HubSpotId)
                : await db.Deals.ToDictionaryAsync(record => record.Id, record => record.HubSpotId);
            foreach (var (merged, survivor) in aliases)
            {
                var here = names.TryGetValue(merged, out var recordId) ? records[recordId] : "nothing";
                if (here != $"{survivor}")
                    differences.Add($"{type} {merged} was merged into {survivor} there and stands for {here} here");
            }
        }

        return differences;
    }

    private static async Task<IEnumerable<string>> ErasureDifferencesAsync(LucitraApp app, TwinPortal portal)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var ids = portal.Contacts.Erased.Select(id => new HubSpotObjectId(portal.Id, HubSpotObjectTypes.Contact, id)).ToList();
        var erased = await scope.ServiceProvider.GetRequiredService<InboxErasure>().FindAsync(ids, CancellationToken.None);
        return ids.Where(id => !erased.Contains(id)).Select(id => $"contact {id.ObjectId} was erased there and not here");
    }

    private static async Task<IEnumerable<string>> LinkDifferencesAsync(LucitraDbContext db, TwinPortal portal)
    {
        var there = portal.Links.Select(link => (link.DealId, link.ContactId)).ToHashSet();
        var rows = await db.DealContacts
            .Join(db.Deals.Where(deal => deal.PortalId == portal.Id && deal.ArchivedAt == null), link => link.DealId, deal => deal.Id, (link, deal) => new { link.ContactId, Deal = deal.HubSpotId })
            .Join(db.Contacts.Where(contact => contact.PortalId == portal.Id && contact.HubSpotId != null && contact.ArchivedAt == null), link => link.ContactId, contact => contact.Id, (link, contact) => new { link.Deal, Contact = contact.HubSpotId })
            .ToListAsync();
        var here = rows.Select(row => (long.Parse(row.Deal!, CultureInfo.InvariantCulture), long.Parse(row.Contact!, CultureInfo.InvariantCulture))).ToHashSet();
        var differences = new List<string>();
        foreach (var link in there.Except(here))
            differences.Add($"link {link} is missing: {await TellAsync(db, link)}");
        foreach (var link in here.Except(there))
            differences.Add($"link {link} is here and not there: {await TellAsync(db, link)}");
        return differences;
    }

    // What is known of the two, and what was told of them.
    private static async Task<string> TellAsync(LucitraDbContext db, (long Deal, long Contact) link)
    {
        var known = await db.HubSpotLinks.Where(row => row.DealObjectId == link.Deal && row.ContactObjectId == link.Contact).ToListAsync();
        var names = await db.HubSpotRecords.Where(row => row.ObjectId == link.Deal || row.ObjectId == link.Contact).ToListAsync();
        var others = await db.HubSpotRecords.Where(row => names.Select(name => name.RecordId).Contains(row.RecordId)).ToListAsync();
        var ids = others.Select(row => (long?)row.ObjectId).ToList();
        var events = await db.WebhookEvents
            .Where(row => ids.Contains(row.ObjectId) && (row.Kind != HubSpotEventKinds.AssociationChange || ids.Contains(row.RelatedObjectId)) && row.Kind != HubSpotEventKinds.PropertyChange)
            .OrderBy(row => row.OccurredAt).ToListAsync();
        return string.Join('\n', [
            .. known.Select(row => $"  known '{row.Label}' {row.IsLinked} at {row.At:O}, unsent {row.IsUnsent}"),
            .. others.Select(row => $"  {row.ObjectType} {row.ObjectId} is {row.RecordId}"),
            .. events.Select(row => $"  {row.OccurredAt:O} {row.ReceivedAt:O} {row.SubscriptionType} {row.ObjectId} {row.RelatedObjectId} {row.ChangeSource} {row.Status} {row.ProcessedAt:O} {row.Reason} {row.Raw}")]);
    }

    // What makes two events one fact here.
    private static string KeyOf(TwinFact fact) => fact switch
    {
        { Link: { } link } => $"{fact.PortalId} {fact.Type.Name} {fact.Kind} {fact.OccurredAt} {fact.ObjectId} {link.ToId} {link.Removed} {(link.UserDefined ? link.TypeId : 0)}",
        { Merge: { } merge } => $"{fact.PortalId} {fact.Type.Name} {fact.Kind} {fact.OccurredAt} {merge.PrimaryId} {merge.NewId} {string.Join(' ', merge.LoserIds.Order())}",
        _ => $"{fact.PortalId} {fact.Type.Name} {fact.Kind} {fact.OccurredAt} {fact.ObjectId} {fact.Property} {(fact.Sensitive ? "REDACTED" : fact.Value)}",
    };
}
