using System.Diagnostics;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>How one change reaches many subscribers.</summary>
/// <param name="Selections">How many different selections they have.</param>
/// <param name="Executions">How many selections the server executed for a change.</param>
/// <param name="LastMilliseconds">How long after the change was sent the last of them had it.</param>
/// <param name="ServerMicroseconds">The server's processor time for each message.</param>
/// <param name="DatabaseMicroseconds">PostgreSQL's; null where it is on another machine.</param>
internal sealed record FanOutMeasurement(int Selections, double Executions, double LastMilliseconds, double ServerMicroseconds, double? DatabaseMicroseconds)
{
    private const int SubscriptionsOfASocket = 100;

    /// <summary>Measures subscribers with the same selection beside as many with one of their own, in turn.</summary>
    public static async Task<IReadOnlyList<FanOutMeasurement>> RunAsync(string database, SubscriptionsOptions options, string log)
    {
        var postgres = await CpuTime.PostgresAsync(database);
        await using var audience = await Audience.StartAsync(database, options.Program, log);
        await using var selections = SelectionCount.Of(audience.Server.ProcessId);
        var measured = new List<FanOutMeasurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var different in new[] { 1, options.FanOut })
            {
                var one = await MeasureAsync(audience, selections, postgres, different, options);

                // The first round warms up.
                if (round > 0)
                    measured.Add(one);
            }
        }

        return measured;
    }

    private static async Task<FanOutMeasurement> MeasureAsync(Audience audience, SelectionCount selections, int? postgres, int different, SubscriptionsOptions options)
    {
        foreach (var part in Enumerable.Range(0, options.FanOut).Chunk(SubscriptionsOfASocket))
            await audience.OpenAsync(1, _ => part.Select(number => Document(number % different)));
        await audience.HeardByAllAsync(options.FanOut);
        var executed = await selections.ReadAsync();
        var (server, database) = (CpuTime.OfTree(audience.Server.ProcessId), postgres is { } before ? CpuTime.OfTree(before) : 0);
        var times = new List<double>();
        for (var change = 0; change < options.Changes; change++)
        {
            audience.Arrivals.Expect(options.FanOut);
            var start = Stopwatch.GetTimestamp();
            await audience.ChangeAsync();
            times.Add(Stopwatch.GetElapsedTime(start, await audience.Arrivals.AllAsync()).TotalMilliseconds);
        }

        var each = 1e6 / options.Changes / options.FanOut;
        var measured = new FanOutMeasurement(
            different,
            0,
            Spread.Of(times).Median,
            (CpuTime.OfTree(audience.Server.ProcessId) - server) * each,
            postgres is { } after ? (CpuTime.OfTree(after) - database) * each : null);
        measured = measured with { Executions = (await selections.ReadAsync() - executed) / options.Changes };
        await audience.CloseAsync();
        return measured;
    }

    private static string Document(int number) => $"subscription {{ onContactChanged {{ id email firstName n{number}: lastName lifecycleStage }} }}";
}
