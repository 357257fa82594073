namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>What a rollup counts. The numbers are stored.</summary>
internal enum RollupFigure
{
    /// <summary>Live contacts by creation; key: lifecycle stage, detail: source.</summary>
    Contacts = 1,

    /// <summary>The same without key and detail, by the quarter of an hour only.</summary>
    ContactsCreated = 2,

    /// <summary>Live deals by creation; detail: currency.</summary>
    DealsCreated = 3,

    /// <summary>Closed live deals by close date; key: <see cref="DealOutcomes"/>, detail: currency.</summary>
    DealsClosed = 4,

    /// <summary>Closed live deals by the later of creation and close date: from then on they are not open; detail: currency.</summary>
    DealsEnded = 5,

    /// <summary>Won live deals by close date; key: whole days from creation to close.</summary>
    DaysToClose = 6,

    /// <summary>Open live deals by expected close date; key: stage, detail: currency.</summary>
    DealsOpen = 7,

    /// <summary>Open live deals by the day of their last change; detail: currency.</summary>
    DealsIdle = 8,

    /// <summary>Webhook events by when they were received.</summary>
    EventsReceived = 9,

    /// <summary>Webhook events by when they reached a final status; key: the status.</summary>
    EventsSettled = 10,

    /// <summary>Applied webhook events by when they were applied; key: whole seconds since they were received.</summary>
    EventLag = 11,
}

/// <summary>How long the span of a rollup is. The numbers are stored.</summary>
internal enum RollupGrain
{
    /// <summary>A quarter of an hour: every time zone's days begin with one.</summary>
    Quarter = 0,

    /// <summary>A day of UTC.</summary>
    Day = 1,

    /// <summary>A month of UTC.</summary>
    Month = 2,
}

/// <summary>What became of a closed deal.</summary>
internal static class DealOutcomes
{
    public const string Won = "WON";
    public const string Lost = "LOST";

    /// <summary>Follows an outcome of a deal without an amount, which no average counts.</summary>
    public const string Unpriced = ":UNPRICED";

    public static bool IsWon(RollupSum sum) => sum.Key.StartsWith(Won, StringComparison.Ordinal);

    public static bool IsLost(RollupSum sum) => sum.Key.StartsWith(Lost, StringComparison.Ordinal);
}
