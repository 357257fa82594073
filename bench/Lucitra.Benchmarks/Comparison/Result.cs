namespace Lucitra.Benchmarks.Comparison;

/// <summary>All rounds of a contender, beside the first contender's.</summary>
internal sealed record Result(
    string Case, int Connections, int Rows, string Contender, Spread RequestsPerSecond, Spread RequestsRatio,
    Spread ServerMicroseconds, Spread ServerRatio, Spread? DatabaseMicroseconds, double P50, double P99)
{
    public static Result Of(IReadOnlyList<Measurement> rounds, IReadOnlyList<Measurement> first) => new(
        rounds[0].Case, rounds[0].Connections, rounds[0].Rows, rounds[0].Contender,
        Spread.Of(rounds.Select(round => round.RequestsPerSecond)),
        Ratio(rounds, first, round => round.RequestsPerSecond),
        Spread.Of(rounds.Select(round => round.ServerMicroseconds)),
        Ratio(rounds, first, round => round.ServerMicroseconds),
        rounds[0].DatabaseMicroseconds is null ? null : Spread.Of(rounds.Select(round => round.DatabaseMicroseconds!.Value)),
        Spread.Of(rounds.Select(round => round.P50)).Median,
        Spread.Of(rounds.Select(round => round.P99)).Median);

    /// <summary>One contender's figure in units of another's, round by round.</summary>
    public static Spread Ratio(IEnumerable<Measurement> rounds, IEnumerable<Measurement> others, Func<Measurement, double> figure) =>
        Spread.Of(rounds.Join(others, one => one.Round, other => other.Round, (one, other) => figure(one) / figure(other)));
}
