namespace Lucitra.Benchmarks.Comparison;

/// <summary>What Lucitra is to reach, as ratios within a round.</summary>
internal static class Goals
{
    private static readonly Func<Measurement, double> _throughput = one => one.RequestsPerSecond;
    private static readonly Func<Measurement, double> _serverTime = one => one.ServerMicroseconds;
    private static readonly Func<Measurement, double> _time = one => one.Microseconds;

    /// <summary>Each goal whose two sides were measured.</summary>
    public static List<Verdict> Judge(IReadOnlyList<Measurement> measurements)
    {
        var verdicts = new List<Verdict>();
        foreach (var group in measurements.GroupBy(one => (one.Case, one.Connections)))
        {
            var smallest = group.Min(one => one.Rows);
            var here = group.Where(one => one.Rows == smallest).ToLookup(one => one.Contender);
            if (group.Key.Case == "filtered-page")
            {
                Judge("requests/s, of raw's at least", 0.80, atLeast: true, here[Peers.Lucitra], here[Peers.Raw], _throughput);
                Judge("server time, of raw's at most", 1.40, atLeast: false, here[Peers.Lucitra], here[Peers.Raw], _serverTime);
            }

            if (group.Key.Case == "nested-page")
                Judge("requests/s, of raw's at least", 0.75, atLeast: true, here[Peers.Lucitra], here[Peers.Raw], _throughput);
            Judge("requests/s, of PostGraphile's two processes at least", 2.00, atLeast: true, here[Peers.Lucitra], here[Peers.PostGraphileTwo], _throughput);
            Judge("time of server and PostgreSQL, of the first page's at most", 1.10, atLeast: false, here[Peers.Lucitra], here[Cases.FirstPageOf(Peers.Lucitra)], _time);
            Judge("REST's requests/s, of the same list's by GraphQL", 0.80, atLeast: true, here[Cases.Rest], here[Peers.Lucitra], _throughput);
            foreach (var rows in group.Select(one => one.Rows).Distinct().Where(rows => rows > smallest))
            {
                Judge(
                    $"time of server and PostgreSQL at {rows} rows, of that at {smallest} at most", 1.20, atLeast: false,
                    group.Where(one => one.Rows == rows && one.Contender == Peers.Lucitra), here[Peers.Lucitra], _time);
            }

            void Judge(string goal, double bound, bool atLeast, IEnumerable<Measurement> rounds, IEnumerable<Measurement> others, Func<Measurement, double> figure)
            {
                if (!rounds.Any() || !others.Any())
                    return;
                var measured = Result.Ratio(rounds, others, figure);
                verdicts.Add(new Verdict(
                    group.Key.Case, group.Key.Connections, FormattableString.Invariant($"{goal} {bound:0.00}"), measured,
                    atLeast ? measured.Median >= bound : measured.Median <= bound));
            }
        }

        return verdicts;
    }
}

/// <summary>Whether a goal was met, by the median of the rounds.</summary>
internal sealed record Verdict(string Case, int Connections, string Goal, Spread Measured, bool Met);
