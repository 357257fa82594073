namespace Lucitra.Graph.Records;

/// <summary>What a record holds that was written here and that HubSpot has not taken yet: its stamps say it.</summary>
internal static class UnsentValues
{
    public static bool HasUnsent(this CrmRecord record) => record.Stamps.Values.Any(stamp => stamp.IsUnsent);

    /// <summary>The unsent properties, without what belongs to the record's life.</summary>
    public static IReadOnlyDictionary<string, Stamp> Unsent(this CrmRecord record) =>
        record.Stamps.Where(one => one.Value.IsUnsent && one.Key[0] != '$').ToDictionary();

    /// <summary>Whether HubSpot has the record from this server.</summary>
    public static bool IsOwn(this CrmRecord record) => record.Stamps.GetValueOrDefault(LifeStamps.Created) is { Source: Stamp.ApiSource };

    /// <summary>
    /// Takes HubSpot's word that it archived what this server has archived. False when something else stands here meanwhile:
    /// then the word counts like any other.
    /// </summary>
    public static bool ConfirmArchived(this CrmRecord record, DateTime at)
    {
        if (record.Stamps.GetValueOrDefault(LifeStamps.Archived) is not { Source: Stamp.ApiSource } stamp)
            return false;
        if (record.ArchivedAt is null)
            return stamp.IsUnsent;

        record.Stamps = new(record.Stamps) { [LifeStamps.Archived] = stamp with { At = at } };
        return true;
    }

    /// <summary>Notes that HubSpot has a value since a time of its own.</summary>
    public static void Sent(this CrmRecord record, string property, DateTime at)
    {
        if (record.Stamps.GetValueOrDefault(property) is { IsUnsent: true } stamp)
            record.Stamps = new(record.Stamps) { [property] = stamp with { At = at, IsUnsent = false } };
    }

    /// <summary>Gives a value up: the next word of HubSpot's on it counts, whatever its time.</summary>
    public static void Yield(this CrmRecord record, string property)
    {
        if (record.Stamps.GetValueOrDefault(property) is { IsUnsent: true } stamp)
            record.Stamps = new(record.Stamps) { [property] = stamp with { At = DateTime.UnixEpoch, AsOf = null, IsUnsent = false } };
    }

    /// <summary>Keeps everything as it is without sending it.</summary>
    public static void Keep(this CrmRecord record) =>
        record.Stamps = record.Stamps.ToDictionary(one => one.Key, one => one.Value with { IsUnsent = false });

    /// <summary>Whether something was given up and HubSpot's word on it is missing still.</summary>
    public static bool HasYielded(this CrmRecord record) =>
        record.Stamps.Values.Any(stamp => stamp.Source == Stamp.ApiSource && stamp.At == DateTime.UnixEpoch);

    /// <summary>Gives everything up that HubSpot has not taken.</summary>
    public static void YieldAll(this CrmRecord record)
    {
        foreach (var property in record.Stamps.Where(one => one.Value.IsUnsent).Select(one => one.Key))
            record.Yield(property);
    }
}
