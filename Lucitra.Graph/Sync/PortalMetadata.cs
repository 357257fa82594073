using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Sync;

/// <summary>What one HubSpot account says of its records.</summary>
internal sealed record PortalMetadata(
    IReadOnlyList<HubSpotProperty> ContactProperties,
    IReadOnlyList<HubSpotProperty> DealProperties,
    IReadOnlyList<HubSpotPipeline> Pipelines,
    IReadOnlyList<HubSpotOwner> Owners)
{
    public static async Task<PortalMetadata> ReadAsync(HubSpotClient portal, HubSpotCallPriority priority, CancellationToken cancellationToken) => new(
        await portal.PropertiesAsync(HubSpotObjectTypes.Contact, priority, cancellationToken),
        await portal.PropertiesAsync(HubSpotObjectTypes.Deal, priority, cancellationToken),
        await portal.PipelinesAsync(HubSpotObjectTypes.Deal, priority, cancellationToken),
        [
            .. await OwnersAsync(portal, archived: true, priority, cancellationToken),
            .. await OwnersAsync(portal, archived: false, priority, cancellationToken),
        ]);

    private static async Task<List<HubSpotOwner>> OwnersAsync(HubSpotClient portal, bool archived, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var owners = new List<HubSpotOwner>();
        string? after = null;
        do
        {
            var page = await portal.OwnersAsync(after, archived, priority, cancellationToken);
            owners.AddRange(page.Results);
            after = page.After;
        }
        while (after is not null);
        return owners;
    }
}
