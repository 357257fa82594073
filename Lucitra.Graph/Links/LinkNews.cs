using Lucitra.Graph.Records;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Links;

/// <summary>What a transaction learnt that bears on links.</summary>
/// <param name="Stamp">When and by what it was learnt, for the history of the deals.</param>
internal sealed record LinkNews(Stamp Stamp)
{
    /// <summary>What events said of single links.</summary>
    public List<ToldLink> Told { get; } = [];

    /// <summary>What reads found: all records of the other type that a record is linked to.</summary>
    public List<(string ObjectType, RecordKey Key, IReadOnlyCollection<long> Others, DateTime AsOf)> Read { get; } = [];

    /// <summary>Records that were not known before.</summary>
    public List<(string ObjectType, RecordKey Key)> Made { get; } = [];

    /// <summary>Ids that stand for another record than before.</summary>
    public List<(string ObjectType, RecordKey Key)> Renamed { get; } = [];

    /// <summary>Records that were merged into others.</summary>
    public List<(Guid From, Guid To)> Ended { get; } = [];

    /// <summary>Takes in what a merge means for the links of the ids that it gave to another record.</summary>
    public void Take<T>(string objectType, IEnumerable<RecordKey> ids, RecordMerge<T> merge)
        where T : CrmRecord
    {
        Renamed.AddRange(ids.Select(id => (objectType, id)));
        Ended.AddRange(merge.Ended.Select(ended => (ended.Record.Id, merge.Survivor.Record.Id)));
    }

    public bool IsEmpty => Told.Count == 0 && Read.Count == 0 && Made.Count == 0 && Renamed.Count == 0;

    public bool IsOnlyRecords => Told.Count == 0 && Read.Count == 0 && Renamed.Count == 0;

    public IEnumerable<long> PortalIds() => Pairs().Select(pair => pair.PortalId).Concat(Records().Select(one => one.Key.PortalId)).Distinct();

    /// <summary>The pairs that were told or found.</summary>
    public IReadOnlyCollection<LinkedPair> Pairs() =>
    [
        .. Told.Select(told => told.Pair),
        .. Read.SelectMany(read => read.Others.Select(other => LinkedPair.Of(read.ObjectType, read.Key.PortalId, read.Key.ObjectId, other))),
    ];

    public IEnumerable<RecordKey> Keys(string objectType) => Records().Where(one => one.ObjectType == objectType).Select(one => one.Key);

    public IEnumerable<long> ObjectIds(string objectType, long portalId) =>
        Keys(objectType).Where(key => key.PortalId == portalId).Select(key => key.ObjectId);

    private IEnumerable<(string ObjectType, RecordKey Key)> Records() => [.. Made, .. Renamed, .. Read.Select(read => (read.ObjectType, read.Key))];
}

/// <summary>What an event said of a link.</summary>
internal sealed record ToldLink(InboxEvent Event, LinkedPair Pair, string Label, bool IsLinked, DateTime At);
