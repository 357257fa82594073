using System.Net;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Database;

/// <summary>Two releases of the program on one PostgreSQL: this one as a process, the next one in this process.</summary>
public sealed class SchemaReleaseTests
{
    [SkippableFact]
    public async Task This_release_serves_while_the_next_one_adds_and_refuses_what_it_has_taken_from()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var settings = LucitraServer.SettingsFor(database);
        await using var present = await LucitraServer.StartAsync(settings);
        await using var next = await LucitraApp.StartAsync(database, configure: NextRelease.Configure);
        var burst = new BurstOfChanges();
        using (var stop = new CancellationTokenSource())
        {
            var posting = burst.PostAsync(present.Address, stop.Token);
            await Eventually.IsTrueAsync(() => Task.FromResult(burst.AcknowledgedBatches > 4));

            Assert.Contains(NextRelease.Adds, await RequireAsync(next));
            Assert.Equal([NextRelease.Adds], await MigrateAsync(next, contract: false));

            var batches = burst.AcknowledgedBatches;
            await Eventually.IsTrueAsync(() => Task.FromResult(burst.AcknowledgedBatches > batches + 4));
            await stop.CancelAsync();
            await posting;
        }

        // Both serve, and both apply.
        Assert.Null(await RequireAsync(next));
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(present)).Status);
        await next.WhenAppliedAsync();
        await next.InDatabaseAsync(async db =>
        {
            await burst.IsAppliedOnceAsync(db);
            return true;
        });
        await using (var again = await LucitraServer.StartAsync(settings))
            Assert.Contains($"newer than this program, up to {NextRelease.Adds}", again.Output, StringComparison.Ordinal);

        // A late starter of the present release's job leaves the newer schema alone.
        Assert.Equal(0, (await LucitraServer.RunAsync(settings, "migrate")).ExitCode);
        Assert.Equal(0, await next.InDatabaseAsync(db => db.Database.SqlQueryRaw<int>("SELECT count(nickname)::int AS \"Value\" FROM contacts").SingleAsync()));

        Assert.Equal([NextRelease.Takes], await MigrateAsync(next, contract: true));

        var (status, why) = await ReadyAsync(present);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains(NextRelease.Takes, why, StringComparison.Ordinal);
        var refused = await LucitraServer.RunAsync(settings);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"newer than this program: {NextRelease.Takes}", refused.Output, StringComparison.Ordinal);
        Assert.Empty(next.Errors.Errors);
    }

    private static Task<IReadOnlyList<string>> MigrateAsync(LucitraApp release, bool contract) =>
        release.Services.GetRequiredService<SchemaMigration>().RunAsync(contract, restored: false, CancellationToken.None);

    /// <summary>Why a release refuses to start; null where it does not.</summary>
    private static async Task<string?> RequireAsync(LucitraApp release)
    {
        try
        {
            await release.Services.RequireMigratedDatabaseAsync(CancellationToken.None);
            return null;
        }
        catch (InvalidSettingException refusal)
        {
            return refusal.Message;
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(LucitraServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
