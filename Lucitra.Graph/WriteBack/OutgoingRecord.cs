using Lucitra.Graph.Links;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.WriteBack;

/// <summary>A record that a worker has in hand, as it was when it took it.</summary>
/// <param name="RecordId">The record here.</param>
/// <param name="HubSpotId">HubSpot's id of it; null when it is to be created.</param>
/// <param name="Step">What is to be done first.</param>
/// <param name="Values">What is to be written: all values of a new record, the unsent ones of others.</param>
/// <param name="LatestStamp">The latest time of these values, by the clock here.</param>
/// <param name="AskedAt">When the first of these writes was made.</param>
internal sealed record OutgoingRecord(
    Guid RecordId, string? HubSpotId, OutgoingStep Step, IReadOnlyDictionary<string, string?> Values, DateTime LatestStamp, DateTime AskedAt)
{
    /// <summary>Links of a deal that HubSpot is to learn of.</summary>
    public IReadOnlyList<(LinkedPair Pair, bool IsLinked)> Links { get; init; } = [];

    /// <summary>It has links that are not sent as long as it, or their contact, is archived.</summary>
    public bool LeavesLinksOut { get; init; }

    /// <summary>The creation that HubSpot may have made of it; null when there is none.</summary>
    public LostCreation? Creation { get; init; }

    /// <summary>Whether HubSpot may have a new record afterwards.</summary>
    public bool IsCreation => Step is OutgoingStep.Create or OutgoingStep.FindCreated;

    /// <summary>The values that an answer is about.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Sent =>
        Step == OutgoingStep.FindCreated ? Creation!.With.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)) : Values;

    /// <summary>Whether HubSpot has not taken everything yet.</summary>
    public static bool HasWork(CrmRecord record) => StepOf(record, mayBeCreated: false) != OutgoingStep.None;

    /// <summary>What a record has to send, if it has to.</summary>
    public static OutgoingRecord Of(HubSpotSync row, CrmRecord record, Func<string, string?> valueOf)
    {
        var creation = row.CreatingSince is { } since ? new LostCreation(since, row.CreatedWith) : null;
        var step = StepOf(record, creation is not null);
        var names = step switch
        {
            OutgoingStep.Create => record.Stamps.Keys.Where(name => name[0] != '$' && valueOf(name) is not null),
            OutgoingStep.Update or OutgoingStep.Restore => record.Unsent().Keys,
            _ => [],
        };
        var values = names.ToDictionary(name => name, valueOf);
        var latest = record.Stamps.Values.Where(stamp => stamp.IsUnsent).Select(stamp => stamp.At).DefaultIfEmpty(DateTime.MinValue).Max();
        return new OutgoingRecord(record.Id, record.HubSpotId, step, values, latest, row.AskedAt) { Creation = creation };
    }

    private static OutgoingStep StepOf(CrmRecord record, bool mayBeCreated) => record switch
    {
        { MergedIntoId: not null } => OutgoingStep.None,
        { HubSpotId: null } when mayBeCreated => OutgoingStep.FindCreated,
        { HubSpotId: null, ArchivedAt: not null } => OutgoingStep.None,
        { HubSpotId: null } => OutgoingStep.Create,
        _ when record.Stamps.GetValueOrDefault(LifeStamps.Archived) is { IsUnsent: true } => record.ArchivedAt is null ? OutgoingStep.Restore : OutgoingStep.Archive,
        _ => record.Unsent().Count > 0 ? OutgoingStep.Update : OutgoingStep.None,
    };
}

/// <summary>What HubSpot is to be asked for first.</summary>
internal enum OutgoingStep
{
    /// <summary>Nothing, or only links.</summary>
    None,

    /// <summary>A new record.</summary>
    Create,

    /// <summary>The record that an attempt before may have created.</summary>
    FindCreated,

    /// <summary>Other values.</summary>
    Update,

    /// <summary>The recycle bin.</summary>
    Archive,

    /// <summary>To have the record live, which its API cannot: fine where it is so already.</summary>
    Restore,
}
