namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>Instants as quarters of an hour since 1970 in UTC, by which rollups are kept.</summary>
internal static class Quarter
{
    /// <summary>Stands for no instant; earlier than every instant.</summary>
    public const int None = int.MinValue;

    /// <summary>Later than every instant.</summary>
    public const int End = int.MaxValue;

    /// <summary>The first quarter that an instant can fall into.</summary>
    public static readonly int First = Of(DateTime.MinValue);

    private const long TicksPerQuarter = 15 * TimeSpan.TicksPerMinute;
    private const int PerDay = 96;

    /// <summary>The quarter that an instant falls into.</summary>
    public static int Of(DateTime instant)
    {
        // In whole numbers: the last tick of all has no exact double, and would fall into a quarter that does not begin.
        var (quarter, rest) = Math.DivRem(instant.Ticks - DateTime.UnixEpoch.Ticks, TicksPerQuarter);
        return (int)(rest < 0 ? quarter - 1 : quarter);
    }

    /// <summary>The instant at which a quarter begins.</summary>
    public static DateTime Start(int quarter) => DateTime.UnixEpoch.AddTicks(quarter * TicksPerQuarter);

    /// <summary>The first quarter of the span that holds this one.</summary>
    public static int Floor(int quarter, RollupGrain grain)
    {
        if (quarter == None || grain == RollupGrain.Quarter)
            return quarter;
        var day = Start(quarter).Date;
        return OfDay(grain == RollupGrain.Day ? day : new DateTime(day.Year, day.Month, 1));
    }

    /// <summary>The first quarter of the first span that begins with this one or later.</summary>
    public static int Ceiling(int quarter, RollupGrain grain)
    {
        var floor = Floor(quarter, grain);
        if (floor == quarter)
            return quarter;
        return grain == RollupGrain.Day ? floor + PerDay : OfDay(Start(floor).AddMonths(1));
    }

    private static int OfDay(DateTime day) => (int)((day - DateTime.UnixEpoch.Date).Ticks / TicksPerQuarter);
}
