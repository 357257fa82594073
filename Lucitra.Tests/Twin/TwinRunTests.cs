using System.Globalization;
using Lucitra.Tests.Support;
using Xunit.Abstractions;

namespace Lucitra.Tests.Twin;

/// <summary>
/// A twin and a server that is fed by it, through everything that can go wrong: in the end both know the same, and every
/// acknowledged event is accounted for. <c>LUCITRA_TWIN_MINUTES</c> sets how long each run with faults takes; without it they
/// are short.
/// </summary>
public sealed class TwinRunTests(ITestOutputHelper output)
{
    private static TimeSpan Duration => Environment.GetEnvironmentVariable("LUCITRA_TWIN_MINUTES") is { Length: > 0 } minutes
        ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture))
        : TimeSpan.FromSeconds(10);

    [SkippableTheory, BothDatabases(7, 8)]
    public async Task After_any_script_the_server_equals_the_twin(string database, int seed)
    {
        await using var twin = await TwinRun.StartTwinAsync(seed);
        await using var store = await TestDatabase.CreateAsync(database);
        await using var app = await LucitraApp.StartAsync(store, TwinRun.SettingsFor(twin));
        twin.Sender.Target = new Uri(app.Address, "/webhook");

        await twin.Script.RunAsync(500);

        output.WriteLine(await TwinRun.JudgeAsync(app, twin));
        Assert.True(!app.Errors.Errors.Any(), string.Join("\n", app.Errors.Errors));
    }

    [SkippableFact]
    public async Task Kills_of_the_server_and_faults_of_the_api_lose_nothing_on_sqlite()
    {
        await using var store = await TestDatabase.CreateAsync(TestDatabase.Sqlite);

        output.WriteLine(await TwinRun.ThroughFaultsAsync(store, seed: 11, Duration));
    }

    [SkippableFact]
    public async Task Crashes_of_the_database_and_kills_of_the_server_lose_nothing_on_postgres()
    {
        await using var cluster = await PostgresCluster.NewAsync(fsync: true);
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        await using var store = await TestDatabase.CreateInAsync(cluster);

        output.WriteLine(await TwinRun.ThroughFaultsAsync(store, seed: 12, Duration, async () =>
        {
            await cluster.StopAsync(crash: true);
            await cluster.StartAsync();
        }));
    }

    /// <summary>
    /// The emulator keeps its messages in memory only, so it is restarted while the topic is empty: what is published while it is
    /// away is refused and comes again.
    /// </summary>
    [SkippableFact]
    public async Task Restarts_of_the_emulator_lose_nothing_through_pubsub()
    {
        await using var emulator = await PubSubEmulator.NewAsync();
        using var project = PubSubProject.At(emulator.Host);
        await project.SetUpAsync();
        await using var store = await TestDatabase.CreateAsync(TestDatabase.Postgres);

        output.WriteLine(await TwinRun.ThroughRestartsAsync(store, seed: 13, Duration, project.Settings, RestartAsync, () => project.SetUpAsync()));

        async Task RestartAsync()
        {
            await emulator.KillAsync();
            await emulator.StartAsync();
        }
    }
}
