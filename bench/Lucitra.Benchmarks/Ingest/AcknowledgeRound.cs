using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>What one receiver acknowledged, and what that cost.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Events">Events in them.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="ServerSeconds">Processor time of the server.</param>
/// <param name="PostgresSeconds">Processor time of PostgreSQL; null where it runs elsewhere.</param>
internal sealed record Acknowledged(int Requests, int Events, double Seconds, double ServerSeconds, double? PostgresSeconds)
{
    public double RequestsPerSecond => Requests / Seconds;

    public double EventsPerSecond => Events / Seconds;

    /// <summary>Microseconds of the server's processor time for an event.</summary>
    public double ServerPerEvent => ServerSeconds * 1e6 / Events;

    /// <summary>Microseconds of PostgreSQL's processor time for an event.</summary>
    public double? PostgresPerEvent => PostgresSeconds * 1e6 / Events;
}

/// <summary>One round: both receivers took the same number of requests, one after the other.</summary>
internal sealed record AcknowledgeRound(int Batch, int Round, Acknowledged Lucitra, Acknowledged Raw)
{
    public double Ratio => Lucitra.EventsPerSecond / Raw.EventsPerSecond;

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"batch {Batch}, round {Round + 1}: {Lucitra.EventsPerSecond:0} events/s, raw {Raw.EventsPerSecond:0}, ratio {Ratio:0.00}");
}
