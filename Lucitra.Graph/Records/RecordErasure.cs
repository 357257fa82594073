using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Erasure;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>
/// Erases a person: the contact with all of HubSpot's ids for it, what was merged into it, its history, its links, and
/// everything in the inbox that leads to it. What stays is an empty, archived contact under this service's own id, so that
/// clients see it go. Scoped.
/// </summary>
internal sealed class RecordErasure(LucitraDbContext db, InboxErasure inbox, RecordJournal journal)
{
    /// <summary>Erases the contact of an id, known here or not; gives all ids that were the same person's.</summary>
    public async Task<IReadOnlyCollection<RecordKey>> EraseAsync(RecordKey key, RecordEdit<Contact>? known, Stamp stamp, CancellationToken cancellationToken)
    {
        var ids = new HashSet<RecordKey> { key };
        if (known is not null)
        {
            // Names that a merge of this transaction gave are not in the database yet.
            await db.SaveChangesAsync(cancellationToken);
            var aliases = await db.HubSpotRecords.Where(alias => alias.RecordId == known.Record.Id).ToListAsync(cancellationToken);
            ids.UnionWith(aliases.Select(alias => new RecordKey(alias.PortalId, alias.ObjectId)));
            db.RemoveRange(aliases);
            await EraseAsync(known, stamp, cancellationToken);
        }

        foreach (var id in ids)
        {
            await db.HubSpotLinks.Where(link => link.PortalId == id.PortalId && link.ContactObjectId == id.ObjectId).ExecuteDeleteAsync(cancellationToken);
            await db.RecordReads
                .Where(read => read.PortalId == id.PortalId && read.ObjectType == HubSpotObjectTypes.Contact && read.ObjectId == id.ObjectId)
                .ExecuteDeleteAsync(cancellationToken);
        }

        await inbox.EraseAsync([.. ids.Select(id => new HubSpotObjectId(id.PortalId, HubSpotObjectTypes.Contact, id.ObjectId))], cancellationToken);
        return ids;
    }

    private async Task EraseAsync(RecordEdit<Contact> edit, Stamp stamp, CancellationToken cancellationToken)
    {
        var id = edit.Record.Id;
        await ForgetAnswersAsync(edit.Record.Email, cancellationToken);
        await db.RecordChanges.Where(change => change.RecordId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(change => change.Fields, (IReadOnlyList<FieldChange>)Array.Empty<FieldChange>()), cancellationToken);
        if (await db.HubSpotSyncs.FindAsync([id], cancellationToken) is { } sync)
            db.Remove(sync);
        await db.DealContacts.Where(row => row.ContactId == id).ExecuteDeleteAsync(cancellationToken);
        edit.Erase(stamp);

        foreach (var merged in await db.Contacts.Where(contact => contact.MergedIntoId == id).ToListAsync(cancellationToken))
        {
            var ended = new RecordEdit<Contact>(merged, isNew: false, ContactProperties.Columns);
            await EraseAsync(ended, stamp, cancellationToken);
            journal.Write(db, [ended]);
        }
    }

    // Remembered answers of mutations quote an address that was in use.
    private Task<int> ForgetAnswersAsync(string? email, CancellationToken cancellationToken) => email is null
        ? Task.FromResult(0)
        : db.IdempotencyKeys.Where(key => key.Errors != null && key.Errors.Contains(email)).ExecuteDeleteAsync(cancellationToken);
}
