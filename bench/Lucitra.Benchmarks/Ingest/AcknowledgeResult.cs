using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>What one peer acknowledged, and what that cost.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Events">Events in them.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Server">Processor time of the server.</param>
/// <param name="Postgres">Processor time of PostgreSQL; null where it runs elsewhere.</param>
internal sealed record Acknowledged(int Requests, int Events, TimeSpan Time, TimeSpan Server, TimeSpan? Postgres)
{
    public double RequestsPerSecond => Requests / Time.TotalSeconds;

    public double EventsPerSecond => Events / Time.TotalSeconds;

    /// <summary>Microseconds of the server's processor time for a request.</summary>
    public double ServerPerRequest => Server.TotalMicroseconds / Requests;

    /// <summary>Microseconds of PostgreSQL's processor time for a request.</summary>
    public double? PostgresPerRequest => Postgres?.TotalMicroseconds / Requests;
}

/// <summary>One round: both peers took the same number of requests, one after the other.</summary>
internal sealed record AcknowledgeResult(int Batch, int Round, Acknowledged Lucitra, Acknowledged Bare)
{
    public double Ratio => Lucitra.EventsPerSecond / Bare.EventsPerSecond;

    public string Line() => string.Create(
        CultureInfo.InvariantCulture,
        $"batch {Batch}, round {Round + 1}: {Lucitra.EventsPerSecond:0} events/s, bare {Bare.EventsPerSecond:0}, ratio {Ratio:0.00}");
}
