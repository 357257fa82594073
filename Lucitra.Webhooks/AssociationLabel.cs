using System.Collections.Frozen;

namespace Lucitra.Webhooks;

/// <summary>Tells HubSpot's plain and primary links, which both forms of an event can name, from labelled ones.</summary>
internal static class AssociationLabel
{
    // HubSpot-defined type ids of unlabelled and primary links between contacts, companies, deals, tickets and line items.
    private static readonly FrozenSet<long> _unlabelled = FrozenSet.ToFrozenSet<long>(
        [1, 2, 3, 4, 5, 6, 15, 16, 19, 20, 25, 26, 27, 28, 279, 280, 339, 340, 341, 342, 449, 450, 451]);

    public static string? Of(string? category, long? typeId)
    {
        if (category is null && typeId is null)
            return null;
        return category == "HUBSPOT_DEFINED" && typeId is { } id && _unlabelled.Contains(id) ? null : $"{category}:{typeId}";
    }
}
