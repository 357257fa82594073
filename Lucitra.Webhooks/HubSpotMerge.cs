namespace Lucitra.Webhooks;

/// <summary>
/// The records told by a merge event: the one chosen to win, those merged into it, and the record that came of it, which
/// may be a third one, or missing.
/// </summary>
public sealed record HubSpotMerge(long? PrimaryObjectId, IReadOnlyList<long> MergedObjectIds, long? NewObjectId)
{
    /// <summary>Every id that it tells.</summary>
    public IEnumerable<long> Ids => new[] { PrimaryObjectId, NewObjectId }.OfType<long>().Concat(MergedObjectIds);
}
