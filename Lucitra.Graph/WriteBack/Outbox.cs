using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Links;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>Takes writes to records into the outbox, in the transaction of the write. One row a record: what is written before it is sent is sent together.</summary>
internal sealed class Outbox(IOptions<WriteBackOptions> options, OutboxSignal signal, TimeProvider clock)
{
    /// <summary>Whether what is written here goes to HubSpot.</summary>
    public bool IsOn => options.Value.Enabled;

    /// <summary>Has a write sent. Does not save.</summary>
    public async Task AskAsync<T>(LucitraDbContext db, OpenRecord<T> written, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        if (!IsOn || written.IsUntouched)
            return;

        await AskAsync(db, written.Record, written.Properties, cancellationToken);
        if (written.Record is Deals.Deal deal)
        {
            foreach (var (contactId, isLinked) in written.Links)
                await LinkAsync(db, deal, contactId, isLinked, cancellationToken);
        }
    }

    /// <summary>Has a record sent, as far as HubSpot has not taken it. Does not save.</summary>
    public async Task<HubSpotSync> AskAsync(LucitraDbContext db, CrmRecord record, IEnumerable<string> properties, CancellationToken cancellationToken)
    {
        var row = await AskAsync(db, record, clock.UtcNow(), cancellationToken);
        row.WrittenProperties = [.. row.WrittenProperties.Union(properties)];
        row.OvertakenProperties = [.. row.OvertakenProperties.Except(row.WrittenProperties)];
        db.CurrentWrite!.AfterCommit(signal.Pulse);
        return row;
    }

    /// <summary>Has everything sent that HubSpot has not taken. Does not save.</summary>
    public Task RetryAsync(LucitraDbContext db, CrmRecord record, HubSpotSync row, CancellationToken cancellationToken) =>
        AskAsync(db, record, [], cancellationToken);

    /// <summary>Gives up what HubSpot has not taken. Who sends finds nothing to send, and has the record read. Does not save.</summary>
    public async Task GiveUpAsync(LucitraDbContext db, CrmRecord record, HubSpotSync row, CancellationToken cancellationToken)
    {
        if (record.HubSpotId is null)
        {
            record.Keep();
            db.Remove(row);
            return;
        }

        record.YieldAll();
        if (record is Deals.Deal && record.PortalId is { } portalId)
        {
            var dealId = long.Parse(record.HubSpotId, CultureInfo.InvariantCulture);
            foreach (var link in await db.HubSpotLinks.Where(link => link.PortalId == portalId && link.DealObjectId == dealId && link.IsUnsent).ToListAsync(cancellationToken))
                (link.At, link.IsUnsent) = (DateTime.UnixEpoch, false);
        }

        await AskAsync(db, record, [], cancellationToken);
    }

    /// <summary>Gives what a record that HubSpot merged away had to send to the survivor, which has its values. Does not save.</summary>
    public static async Task MoveAsync(LucitraDbContext db, Guid from, CrmRecord to, DateTime now, CancellationToken cancellationToken)
    {
        // Links that are unsent move with the names of the records, and their deal has to be sent for them.
        if (await db.HubSpotSyncs.FindAsync([from], cancellationToken) is not { } ended)
            return;
        db.Remove(ended);
        await AskAsync(db, to, now, cancellationToken);
    }

    private static async Task<HubSpotSync> AskAsync(LucitraDbContext db, CrmRecord record, DateTime now, CancellationToken cancellationToken)
    {
        if (await db.HubSpotSyncs.FindAsync([record.Id], cancellationToken) is not { } row)
        {
            row = new HubSpotSync
            {
                RecordId = record.Id,
                ObjectType = record is Deals.Deal ? HubSpotObjectTypes.Deal : HubSpotObjectTypes.Contact,
                ChangedAt = now,
                AskedAt = now,
            };
            db.Add(row);
        }
        else if (row.State == HubSpotSyncState.Synced)
        {
            row.AskedAt = now;
        }

        row.PortalId ??= record.PortalId;
        row.Enter(HubSpotSyncState.Pending, now);
        (row.DueAt, row.Attempts, row.ErrorCode, row.ErrorMessage, row.ConflictingHubSpotId, row.RefusedProperties) = (now, 0, null, null, null, []);
        row.Version++;
        return row;
    }

    // A link of records that HubSpot does not have yet is found among the deal's contacts when it has them.
    private async Task LinkAsync(LucitraDbContext db, Deals.Deal deal, Guid contactId, bool isLinked, CancellationToken cancellationToken)
    {
        var contact = await db.Contacts.FirstAsync(one => one.Id == contactId, cancellationToken);
        if (contact.HubSpotId is null && isLinked)
            await AskAsync(db, contact, [], cancellationToken);
        if (LinkedPair.Of(deal, contact) is not { } pair)
            return;

        var links = await db.HubSpotLinks
            .Where(link => link.PortalId == pair.PortalId && link.DealObjectId == pair.DealObjectId && link.ContactObjectId == pair.ContactObjectId)
            .ToListAsync(cancellationToken);
        if (!links.Exists(link => link.Label.Length == 0))
            links.Add(LinkBook.Add(db, pair, "", isLinked, clock.UtcNow()));
        foreach (var link in links.Where(link => !isLinked || link.Label.Length == 0))
            link.Write(isLinked, clock.UtcNow());
    }
}

/// <summary>Wakes this process's sender when there is something to send.</summary>
internal sealed class OutboxSignal(TimeProvider clock) : Signal(clock);
