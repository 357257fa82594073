namespace Lucitra.Benchmarks.Comparison;

/// <summary>What one contender did in one round.</summary>
/// <param name="Case">The case.</param>
/// <param name="Connections">How many connections asked at once.</param>
/// <param name="Contender">The contender's name.</param>
/// <param name="Rows">How many contacts its database holds.</param>
/// <param name="Round">The number of the round; ratios are of the same round.</param>
/// <param name="RequestsPerSecond">Answers a second.</param>
/// <param name="ServerMicroseconds">Processor time of the server's processes for each request.</param>
/// <param name="DatabaseMicroseconds">Processor time of PostgreSQL's processes for each request; null where it runs elsewhere.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile of the latency in milliseconds.</param>
internal sealed record Measurement(
    string Case, int Connections, string Contender, int Rows, int Round, double RequestsPerSecond,
    double ServerMicroseconds, double? DatabaseMicroseconds, double P50, double P99)
{
    /// <summary>Processor time of server and database for each request.</summary>
    public double Microseconds => ServerMicroseconds + (DatabaseMicroseconds ?? 0);
}
