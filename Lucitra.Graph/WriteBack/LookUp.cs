using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.WriteBack;

/// <summary>One look for all lost creations of a claim, made when the first of them is asked for.</summary>
internal sealed class LookUp(CreatedRecords created, HubSpotClient portal, string objectType, IReadOnlyCollection<LostCreation> lost, CancellationToken cancellationToken)
{
    private readonly Lazy<Task<IReadOnlyDictionary<LostCreation, HubSpotObject>>> _found = new(() => created.FindAsync(portal, objectType, lost, cancellationToken));

    /// <summary>Whether the look is for this creation, too.</summary>
    public bool IsOf(LostCreation one) => lost.Contains(one);

    /// <summary>The record that HubSpot has of a creation; null when there is none.</summary>
    public async Task<HubSpotObject?> FindAsync(LostCreation one) => (await _found.Value).GetValueOrDefault(one);
}
