using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Deals;

/// <summary>What a deal is tied to: contacts, and its counterpart in HubSpot.</summary>
internal static class DealLinks
{
    public static async Task<UserError?> LinkAsync(LucitraDbContext db, OpenRecord<Deal> deal, Guid contactId)
    {
        if (await db.Held<Contact>(contactId).FirstOrDefaultAsync() is not { } contact)
            return new EntityNotFoundError(nameof(Contact));
        if (contact.ArchivedAt is not null)
            return new EntityArchivedError(nameof(Contact));
        if (await IsLinkedAsync(db, deal.Record.Id, contactId))
            return null;

        deal.Record.Contacts.Add(contact);
        deal.Linked("contacts", null, contactId);
        return null;
    }

    public static async Task<UserError?> UnlinkAsync(LucitraDbContext db, OpenRecord<Deal> deal, Guid contactId)
    {
        await db.Entry(deal.Record).Collection(record => record.Contacts).Query().Where(contact => contact.Id == contactId).LoadAsync();
        if (deal.Record.Contacts.Find(contact => contact.Id == contactId) is not { } linked)
            return null;

        deal.Record.Contacts.Remove(linked);
        deal.Linked("contacts", contactId, null);
        return null;
    }

    /// <summary>The deal that a HubSpot id stands for.</summary>
    public static async Task<Deal?> FindAsync(LucitraDbContext db, long portalId, string hubSpotId, CancellationToken cancellationToken)
    {
        if (!TryParse(hubSpotId, out var objectId))
            return null;
        await db.LockAsync($"hubspot:{portalId}:{HubSpotObjectTypes.Deal}:{objectId}", cancellationToken);
        return await db.HubSpotRecords
            .Where(alias => alias.PortalId == portalId && alias.ObjectType == HubSpotObjectTypes.Deal && alias.ObjectId == objectId)
            .Join(db.Deals, alias => alias.RecordId, deal => deal.Id, (_, deal) => deal)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes a HubSpot id stand for a new deal, so that its webhooks reach it.</summary>
    public static UserError? Identify(LucitraDbContext db, Deal deal, long portalId, string hubSpotId)
    {
        if (!TryParse(hubSpotId, out var objectId))
            return new ValidationFailedError([new FieldIssue("hubSpotId", "must be a whole number")]);

        (deal.PortalId, deal.HubSpotId) = (portalId, objectId.ToString(CultureInfo.InvariantCulture));
        db.Add(new HubSpotRecord { PortalId = portalId, ObjectType = HubSpotObjectTypes.Deal, ObjectId = objectId, RecordId = deal.Id });
        return null;
    }

    private static bool TryParse(string hubSpotId, out long objectId) =>
        long.TryParse(hubSpotId, NumberStyles.None, CultureInfo.InvariantCulture, out objectId);

    private static Task<bool> IsLinkedAsync(LucitraDbContext db, Guid dealId, Guid contactId) =>
        db.Deals.AnyAsync(deal => deal.Id == dealId && deal.Contacts.Any(contact => contact.Id == contactId));
}
