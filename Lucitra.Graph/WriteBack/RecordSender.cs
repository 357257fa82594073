using Lucitra.Graph.Links;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>Makes the calls that records need, and says what came of them. It knows no database.</summary>
internal sealed class RecordSender(CreatedRecords created, IOptions<SyncOptions> sync, TimeProvider clock)
{
    private const HubSpotCallPriority Priority = HubSpotCallPriority.WriteBack;

    /// <summary>The look-up that the records of a claim share whose creation was lost long enough ago to be found.</summary>
    public LookUp LookUp(HubSpotClient portal, string objectType, IEnumerable<OutgoingRecord> records, CancellationToken cancellationToken) =>
        new(created, portal, objectType, [.. records.Select(record => record.Creation).OfType<LostCreation>().Where(lost => EarlyBy(lost) <= TimeSpan.Zero)], cancellationToken);

    /// <summary>Sends one record, with the look-up of its claim where its creation was lost.</summary>
    public async Task<SentRecord> SendAsync(HubSpotClient portal, string objectType, OutgoingRecord record, LookUp? lookUp, CancellationToken cancellationToken)
    {
        try
        {
            var sent = record.Step switch
            {
                OutgoingStep.Create => await CreateAsync(portal, objectType, record, cancellationToken),
                OutgoingStep.FindCreated => await FindCreatedAsync(record, lookUp!),
                OutgoingStep.Update => new SentRecord(record)
                {
                    Written = await portal.UpdateAsync(objectType, record.HubSpotId!, record.Values, Priority, cancellationToken),
                },
                OutgoingStep.Archive => new SentRecord(record) { ArchivedAt = await portal.ArchiveAsync(objectType, record.HubSpotId!, Priority, cancellationToken) },
                OutgoingStep.Restore => await RestoreAsync(portal, objectType, record, cancellationToken),
                _ => new SentRecord(record),
            };
            return await WithLinksAsync(portal, sent, cancellationToken);
        }
        catch (HubSpotApiException fault)
        {
            return SendRefusal.Of(fault) is { } refusal ? new SentRecord(record) { Refusal = refusal } : new SentRecord(record) { Delay = SendDelay.Of(fault) };
        }
    }

    /// <summary>Sends changes of several records in one call. What does not come back written is sent again alone: a batch does not say enough of it.</summary>
    public async Task<IReadOnlyList<SentRecord>> SendAsync(
        HubSpotClient portal, string objectType, IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        var written = new Dictionary<string, HubSpotObject>();
        if (records.Count > 1)
        {
            try
            {
                var batch = await portal.BatchUpdateAsync(
                    objectType, [.. records.Select(record => new HubSpotWrite(record.HubSpotId!, record.Values, $"{record.RecordId}"))], Priority, cancellationToken);
                written = batch.Written.ToDictionary(one => one.Write.TraceId!, one => one.Record);
            }
            catch (HubSpotApiException fault) when (SendRefusal.Of(fault) is null)
            {
                return [.. records.Select(record => new SentRecord(record) { Delay = SendDelay.Of(fault) })];
            }
            catch (HubSpotApiException)
            {
                // One of the records is the reason; alone, each tells.
            }
        }

        var sent = new List<SentRecord>();
        foreach (var record in records)
        {
            sent.Add(written.TryGetValue($"{record.RecordId}", out var one)
                ? await WithLinksAsync(portal, new SentRecord(record) { Written = one }, cancellationToken)
                : await SendAsync(portal, objectType, record, lookUp: null, cancellationToken));
        }

        return sent;
    }

    // A record with the same address that an app has created since this one was written here is this one: an earlier attempt
    // made it, and no search has found it.
    private static async Task<SentRecord> CreateAsync(HubSpotClient portal, string objectType, OutgoingRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return new SentRecord(record) { Written = await portal.CreateAsync(objectType, record.Values, Priority, cancellationToken) };
        }
        catch (HubSpotApiException fault) when (fault is { Kind: HubSpotErrorKind.Conflict, ExistingId: { } id })
        {
            return await CreatedRecords.ReadAsync(portal, objectType, id, record.AskedAt, record.Values.Keys, cancellationToken) is { } existing
                ? new SentRecord(record) { Written = existing }
                : new SentRecord(record) { Refusal = SendRefusal.Of(fault) };
        }
    }

    private async Task<SentRecord> FindCreatedAsync(OutgoingRecord record, LookUp lookUp)
    {
        if (!lookUp.IsOf(record.Creation!))
            return new SentRecord(record) { Delay = new SendDelay(HubSpotSyncErrorCode.Unavailable, EarlyBy(record.Creation!), MayBeDone: true) };
        return await lookUp.FindAsync(record.Creation!) is { } found
            ? new SentRecord(record) { Written = found }
            : new SentRecord(record) { IsNotCreated = true };
    }

    // How long a search will not find it.
    private TimeSpan EarlyBy(LostCreation lost) => lost.Since + sync.Value.SearchLag - clock.UtcNow();

    private static async Task<SentRecord> RestoreAsync(HubSpotClient portal, string objectType, OutgoingRecord record, CancellationToken cancellationToken)
    {
        if (await portal.ReadAsync(objectType, record.HubSpotId!, [], archived: false, Priority, cancellationToken) is null)
        {
            return new SentRecord(record)
            {
                Refusal = new SendRefusal(HubSpotSyncErrorCode.NotRestorable, "HubSpot's API cannot restore a record: restore it in HubSpot.", []),
            };
        }

        return new SentRecord(record)
        {
            Written = await portal.UpdateAsync(objectType, record.HubSpotId!, record.Values, Priority, cancellationToken),
        };
    }

    private static async Task<SentRecord> WithLinksAsync(HubSpotClient portal, SentRecord sent, CancellationToken cancellationToken)
    {
        var linked = new List<(LinkedPair, bool, DateTime)>();
        var refused = new List<LinkedPair>();
        foreach (var (pair, isLinked) in sent.ArchivedAt is null ? sent.Outgoing.Links : [])
        {
            try
            {
                linked.Add((pair, isLinked, await LinkAsync(portal, pair, isLinked, cancellationToken)));
            }
            catch (HubSpotApiException fault) when (SendRefusal.Of(fault) is { } refusal)
            {
                refused.Add(pair);
                sent = sent with { Refusal = sent.Refusal ?? refusal with { Message = $"HubSpot does not take the link to contact {pair.ContactObjectId}." } };
            }
            catch (HubSpotApiException fault)
            {
                return sent with { Linked = linked, RefusedLinks = refused, Delay = SendDelay.Of(fault) };
            }
        }

        return sent with { Linked = linked, RefusedLinks = refused };
    }

    private static Task<DateTime> LinkAsync(HubSpotClient portal, LinkedPair pair, bool isLinked, CancellationToken cancellationToken)
    {
        var (deal, contact) = ($"{pair.DealObjectId}", $"{pair.ContactObjectId}");
        return isLinked
            ? portal.LinkAsync(HubSpotObjectTypes.Deal, deal, HubSpotObjectTypes.Contact, contact, Priority, cancellationToken)
            : portal.UnlinkAsync(HubSpotObjectTypes.Deal, deal, HubSpotObjectTypes.Contact, contact, Priority, cancellationToken);
    }
}
