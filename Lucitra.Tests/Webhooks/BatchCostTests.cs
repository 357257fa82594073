using System.Data.Common;
using System.Text.Json;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Lucitra.Tests.Webhooks;

/// <summary>What a claim costs: trips to the database, and bodies in memory.</summary>
public sealed class BatchCostTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_thousand_events_of_as_many_contacts_take_a_few_dozen_trips_to_postgres()
    {
        var trips = new Trips();
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres, new() { ["Lucitra:Roles"] = "Webhooks" }, builder => builder.Services
            .AddScoped<EventDispatcher>()
            .AddSingleton<InboxTransactions>()
            .AddSingleton<EventProcessor>()
            .ConfigureDbContext<PostgresDbContext>(db => db.AddInterceptors(trips)));
        await app.HubSpot.DeliverAsync([.. Enumerable.Range(1, 1_000).Select(id => HubSpotFact.Changed("contact", id, "firstname", $"Ada {id}"))]);
        await app.HubSpot.DeliverAsync([.. Enumerable.Range(1, 1_000).Select(id => HubSpotFact.Changed("contact", 1, "firstname", $"Ada {id}", afterSeconds: id))]);
        var processor = app.Services.GetRequiredService<EventProcessor>();

        trips.Count = 0;
        Assert.True(await processor.ProcessQueueAsync(CancellationToken.None));
        var ofManyRecords = trips.Count;
        trips.Count = 0;
        Assert.True(await processor.ProcessQueueAsync(CancellationToken.None));
        var ofOneRecord = trips.Count;

        output.WriteLine($"1000 events of 1000 new contacts: {ofManyRecords} commands; 1000 events of one contact: {ofOneRecord} commands");
        Assert.InRange(ofManyRecords, 1, 36);
        Assert.InRange(ofOneRecord, 1, 24);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_claim_is_bounded_by_the_bytes_of_its_bodies(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" });
        int[] sizes = [400, 3_000, 600, 300, 200];
        foreach (var size in sizes)
            await app.AcceptsAsync($"[{JsonSerializer.Serialize(new string('x', size - 4))}]");

        List<int[]> claims = [];
        await app.InDatabaseAsync(async db =>
        {
            while (await db.ClaimMessagesAsync(limit: 10, maxBytes: 1_000, CancellationToken.None) is { Count: > 0 } claimed)
            {
                claims.Add([.. claimed.Select(message => message.Body.Length)]);
                db.RemoveRange(claimed);
                await db.SaveChangesAsync();
            }

            return claims;
        });

        int[][] expected = [[400], [3_000], [600, 300], [200]];
        Assert.Equal(expected, claims);
    }

    private sealed class Trips : DbCommandInterceptor
    {
        public int Count;

        // The change feed reads at its own pace.
        private void Note(DbCommand command)
        {
            if (!command.CommandText.Contains("pg_snapshot_xmin", StringComparison.Ordinal) && !command.CommandText.Contains("FROM record_changes", StringComparison.Ordinal))
                Interlocked.Increment(ref Count);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Note(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Note(command);
            return ValueTask.FromResult(result);
        }
    }
}
