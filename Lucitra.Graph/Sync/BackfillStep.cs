using Lucitra.Webhooks;

namespace Lucitra.Graph.Sync;

/// <summary>A part of a backfill that goes through one account from its beginning to its end.</summary>
internal sealed record BackfillStep(BackfillParts Part, long PortalId, string ObjectType, bool IsArchived)
{
    /// <summary>Of the checkpoint.</summary>
    public string Name => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"backfill:{PortalId}:{(Part == BackfillParts.Links ? "links" : ObjectType)}{(IsArchived ? ":archived" : "")}");

    /// <summary>The steps of one account, in the order in which they are done.</summary>
    public static IEnumerable<BackfillStep> Of(BackfillParts parts, long portalId)
    {
        BackfillStep[] all =
        [
            new(BackfillParts.Contacts, portalId, HubSpotObjectTypes.Contact, IsArchived: false),
            new(BackfillParts.Contacts, portalId, HubSpotObjectTypes.Contact, IsArchived: true),
            new(BackfillParts.Deals, portalId, HubSpotObjectTypes.Deal, IsArchived: false),
            new(BackfillParts.Deals, portalId, HubSpotObjectTypes.Deal, IsArchived: true),
            new(BackfillParts.Links, portalId, HubSpotObjectTypes.Deal, IsArchived: false),
        ];
        return all.Where(step => parts.HasFlag(step.Part));
    }
}

/// <summary>What a backfill reads.</summary>
[Flags]
internal enum BackfillParts
{
    Metadata = 1,
    Contacts = 2,
    Deals = 4,
    Links = 8,
    All = Metadata | Contacts | Deals | Links,
}

/// <summary>How far a backfill has come.</summary>
/// <param name="Step">The name of the step.</param>
/// <param name="Read">Records covered by the step, earlier runs included.</param>
/// <param name="Changed">Records that this run changed, by all of its steps.</param>
internal sealed record BackfillProgress(string Step, long Read, long Changed);
