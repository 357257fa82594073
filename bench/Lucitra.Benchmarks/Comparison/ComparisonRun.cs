using System.Globalization;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Compares answers, warms up, and measures the contenders of each case in turn, round by round.</summary>
internal static class ComparisonRun
{
    private const int WarmUpConnections = 32;

    // What is under way when time is up was worked on and never counted: little, beside ten answers for each connection.
    private const int AnswersPerConnection = 10;
    private const double LongestTurn = 30;

    public static async Task<int> RunAsync(ComparisonOptions options, CancellationToken cancellationToken)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;
        if (options.Keep && options.Cases.Intersect(Cases.Writing).Any())
        {
            await Console.Error.WriteLineAsync($"--keep goes with cases that do not write: --cases without {string.Join(", ", Cases.Writing)}.");
            return 1;
        }

        var arenas = new List<Arena>();
        try
        {
            foreach (var rows in options.Rows)
                arenas.Add(await Arena.OpenAsync(server, rows, options));
            if (!await AnswerAlikeAsync(arenas))
                return 1;
            foreach (var arena in arenas)
                await WarmUpAsync(arena, writes: false, options, cancellationToken);
            await MeasureAsync(arenas, options, cancellationToken);
            return 0;
        }
        finally
        {
            foreach (var arena in arenas)
                await arena.DisposeAsync();
        }
    }

    /// <summary>Whether everyone answers what the first contender answers; says so where not.</summary>
    public static async Task<bool> AnswerAlikeAsync(IEnumerable<Arena> arenas)
    {
        var alike = true;
        foreach (var arena in arenas)
        {
            foreach (var one in arena.Cases)
            {
                var differences = await Answers.CompareAsync(one, arena.Peers);
                foreach (var difference in differences)
                    await Console.Error.WriteLineAsync(difference);
                Console.WriteLine($"{one.Name}: {string.Join(", ", one.Contenders.Select(contender => contender.Name))} {(differences.Count == 0 ? "agree" : "differ")}");
                alike &= differences.Count == 0;
            }
        }

        return alike;
    }

    // Without it the first rounds would measure the compiler. What writes warms up when what reads is done: contacts made then
    // would stand before all that pages begin with.
    private static async Task WarmUpAsync(Arena arena, bool writes, ComparisonOptions options, CancellationToken cancellationToken)
    {
        foreach (var peer in arena.Peers.Values)
        {
            var mine = arena.Cases.Where(one => one.Writes == writes).SelectMany(one => one.Contenders).Where(contender => contender.Peer == peer.Name).ToList();
            foreach (var contender in mine)
                await Wrk.RunAsync(peer, contender, WarmUpConnections, options.WarmUpSeconds / mine.Count, cancellationToken);
            peer.Process.EmptyLog();
        }
    }

    // A run that fails, or is ended, reports what it measured before.
    private static async Task MeasureAsync(List<Arena> arenas, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var measurements = new List<Measurement>();
        try
        {
            foreach (var name in options.Cases.OrderBy(name => Cases.Writing.Contains(name)))
            {
                foreach (var arena in arenas.Where(_ => Cases.Writing.Contains(name)))
                    await WarmUpAsync(arena, writes: true, options, cancellationToken);
                foreach (var connections in options.Connections)
                    measurements.AddRange(await MeasureAsync(arenas, name, connections, options, cancellationToken));
            }
        }
        finally
        {
            if (measurements.Count > 0)
                await Report.WriteAsync(options, measurements);
        }
    }

    private static async Task<List<Measurement>> MeasureAsync(List<Arena> arenas, string name, int connections, ComparisonOptions options, CancellationToken cancellationToken)
    {
        var contenders = new List<(Arena Arena, Contender Contender, double Seconds)>();
        foreach (var (arena, contender) in arenas.SelectMany(arena => arena.Cases.Where(one => one.Name == name).SelectMany(one => one.Contenders).Select(contender => (arena, contender))))
            contenders.Add((arena, contender, await TurnAsync(arena, contender, connections, options.Seconds, cancellationToken)));

        var measurements = new List<Measurement>();
        for (var round = 0; round < options.Rounds; round++)
        {
            for (var turn = 0; turn < contenders.Count; turn++)
            {
                // Each begins a round as often as the others.
                var (arena, contender, seconds) = contenders[(round + turn) % contenders.Count];
                var measurement = await MeasureAsync(arena, contender, name, connections, round, seconds, cancellationToken);
                measurements.Add(measurement);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} c={connections} round {round + 1}: {contender.Name}{(arenas.Count > 1 ? $", {arena.Rows} rows" : "")}: {measurement.RequestsPerSecond:0} a second, server {measurement.ServerMicroseconds:0} µs"));
            }
        }

        return measurements;
    }

    // How long a contender's turns take: as asked for, or longer where it is slow.
    private static async Task<double> TurnAsync(Arena arena, Contender contender, int connections, double seconds, CancellationToken cancellationToken)
    {
        var probe = await Wrk.RunAsync(arena.Peers[contender.Peer], contender, connections, 1, cancellationToken);
        var needed = AnswersPerConnection * connections * (probe.Microseconds / 1e6) / Math.Max(probe.Requests, 1);
        return Math.Max(seconds, Math.Min(needed, LongestTurn));
    }

    private static async Task<Measurement> MeasureAsync(
        Arena arena, Contender contender, string name, int connections, int round, double seconds, CancellationToken cancellationToken)
    {
        var peer = arena.Peers[contender.Peer];
        var (server, database) = (CpuTime.OfTree(peer.Process.ProcessId), arena.Postgres is { } before ? CpuTime.OfTree(before) : 0);
        await using var commits = contender.AmongCommits ? await Commits.StartAsync(arena.ConnectionString) : null;
        var result = await Wrk.RunAsync(peer, contender, connections, seconds, cancellationToken);
        if (result.Requests == 0)
            throw new BenchFailure($"{name}: {contender.Name} answered nothing in {seconds} s.");
        var spent = CpuTime.OfTree(peer.Process.ProcessId) - server;
        var databaseSpent = arena.Postgres is { } after ? CpuTime.OfTree(after) - database : (double?)null;
        peer.Process.EmptyLog();
        return new Measurement(
            name, connections, contender.Name, arena.Rows, round, result.Requests / (result.Microseconds / 1e6),
            spent * 1e6 / result.Requests, databaseSpent * 1e6 / result.Requests, result.P50 / 1e3, result.P99 / 1e3);
    }
}
