using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Notes what came of sending a record, in the transaction of its scope: in the record's stamps, in its row of the outbox, and,
/// where HubSpot's word is not sure, among the records to be read. Scoped.
/// </summary>
internal sealed class Settlement(
    LucitraDbContext db, IEnumerable<IOutgoingRecords> kinds, SentLinks links, RecordReads reads, Outbox outbox, OutboxSchedule schedule)
{
    public async Task SettleAsync(string objectType, SentRecord sent, CancellationToken cancellationToken)
    {
        var kind = kinds.Single(kind => kind.ObjectType == objectType);
        if (await db.HubSpotSyncs.FindAsync([sent.Outgoing.RecordId], cancellationToken) is not { } row)
            return;
        if (await kind.FindAsync(row.RecordId, cancellationToken) is not { } settled)
        {
            db.Remove(row);
            return;
        }

        var record = settled.Record;
        if (record.HubSpotId is null && sent.Written is { } created && await kind.EraseAsync(record, KeyOf(row, created), cancellationToken))
            return;
        if (sent.Written is { } written && !await TakeAsync(kind, row, settled, sent.Outgoing, written, cancellationToken))
            sent = sent with { Delay = new SendDelay(HubSpotSyncErrorCode.Unavailable, null, MayBeDone: true) };
        if (sent.ArchivedAt is { } archivedAt && record.ArchivedAt is not null)
        {
            record.Sent(LifeStamps.Archived, archivedAt);
            record.YieldAll();
        }

        var areLinksSure = await links.TakeAsync(sent, cancellationToken);
        if (record is Deal deal)
            await links.YieldAsync(deal, cancellationToken);
        Ask(objectType, row.PortalId!.Value, record, sent, areLinksSure);
        schedule.Close(row, record, sent);
        await reads.RememberAsync(cancellationToken);
    }

    // The answer says which values HubSpot has now. One that it does not name, or has otherwise, is left to a read.
    private async Task<bool> TakeAsync(
        IOutgoingRecords kind, HubSpotSync row, SettledRecord settled, OutgoingRecord outgoing, HubSpotObject written, CancellationToken cancellationToken)
    {
        var record = settled.Record;
        var key = KeyOf(row, written);
        var isSure = outgoing.LatestStamp <= written.UpdatedAt && written.Id == record.HubSpotId;
        if (record.HubSpotId is null)
        {
            if (!await kind.BindAsync(record, key, written.CreatedAt, cancellationToken))
                return false;
            await SendLinksAsync(record, cancellationToken);
        }

        foreach (var (property, value) in outgoing.Sent)
        {
            // Of what was written again meanwhile, the answer does not speak.
            if (!settled.AreEqual(property, settled.Read(property), value))
                continue;
            if (settled.AreEqual(property, written.Properties.GetValueOrDefault(property), value))
            {
                record.Sent(property, written.UpdatedAt);
                continue;
            }

            record.Yield(property);
            isSure = false;
        }

        if (outgoing.Step == OutgoingStep.Restore)
            record.Sent(LifeStamps.Archived, written.UpdatedAt);
        if (!isSure)
            reads.Ask(kind.ObjectType, key, RecordReadParts.Record);
        return true;
    }

    private static RecordKey KeyOf(HubSpotSync row, HubSpotObject written) => new(row.PortalId!.Value, long.Parse(written.Id, CultureInfo.InvariantCulture));

    /// <summary>Has the deals of a contact sent that waited for HubSpot to have it.</summary>
    private async Task SendLinksAsync(CrmRecord record, CancellationToken cancellationToken)
    {
        var waiting = await db.Deals
            .Where(deal => (deal.HubSpotId != null || db.HubSpotSyncs.Any(row => row.RecordId == deal.Id)) && db.DealContacts.Any(row => row.DealId == deal.Id && row.ContactId == record.Id))
            .ToListAsync(cancellationToken);
        foreach (var deal in waiting)
        {
            if (deal.ArchivedAt is null)
                await outbox.AskAsync(db, deal, [], cancellationToken);
            else
                await links.YieldAsync(deal, cancellationToken);
        }
    }

    private void Ask(string objectType, long portalId, CrmRecord record, SentRecord sent, bool areLinksSure)
    {
        if (record.HubSpotId is { } id && (sent.Refusal?.Code == HubSpotSyncErrorCode.Gone || !areLinksSure || record.HasYielded()))
            reads.Ask(objectType, new RecordKey(portalId, long.Parse(id, CultureInfo.InvariantCulture)), RecordReadParts.Record | RecordReadParts.Links);
        if (long.TryParse(sent.Refusal?.ConflictingId, CultureInfo.InvariantCulture, out var other))
            reads.Ask(objectType, new RecordKey(portalId, other), RecordReadParts.Record);
    }
}
