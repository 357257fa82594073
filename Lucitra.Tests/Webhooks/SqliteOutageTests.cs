using System.Net;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks;

/// <summary>The SQLite file is locked by another process, or its disk is full: nothing accepted is lost.</summary>
public sealed class SqliteOutageTests
{
    [Fact]
    public async Task While_another_process_locks_the_file_deliveries_are_to_be_sent_again()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var app = await LucitraApp.StartAsync(database);
        await using (var other = new SqliteConnection($"{database.ConnectionString};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN EXCLUSIVE");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.HubSpot.PostAsync(HubSpotFixtures.Body("01-contact-creation-with-initial-properties")));
            await ExecuteAsync(other, "ROLLBACK");
        }

        Assert.Empty(await app.EventsAsync());
        await app.DeliverAsync("01-contact-creation-with-initial-properties");
        Assert.Equal(5, (await app.EventsAsync()).Count);
    }

    [Fact]
    public async Task What_is_queued_waits_for_another_process_to_unlock_the_file()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using (var receiver = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" }))
            await receiver.AcceptsAsync(HubSpotFixtures.Body("01-contact-creation-with-initial-properties"));

        await using var other = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await other.OpenAsync();
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        await using var app = await LucitraApp.StartAsync(database);
        await Eventually.IsTrueAsync(() => Task.FromResult(app.Errors.All.Any(line => line.Contains("Database was not available", StringComparison.Ordinal))));
        Assert.Empty(await app.EventsAsync());
        await ExecuteAsync(other, "ROLLBACK");

        await app.WhenAppliedAsync();
        Assert.Equal(5, (await app.EventsAsync()).Count);
    }

    [Fact]
    public async Task When_the_disk_is_full_deliveries_are_to_be_sent_again_until_there_is_room()
    {
        var disk = new FullDisk();
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var app = await LucitraApp.StartAsync(database, settings: null, builder => builder.Services.ConfigureDbContext<SqliteDbContext>(db => db.AddInterceptors(disk)));
        await app.DeliverAsync("01-contact-creation-with-initial-properties");
        disk.IsFull = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.HubSpot.PostAsync(HubSpotFixtures.Body("27-max-length-text")));
        Assert.Equal(5, (await app.EventsAsync()).Count);

        disk.IsFull = false;
        await app.DeliverAsync("27-max-length-text");
        Assert.Equal(6, (await app.EventsAsync()).Count);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Lets the file grow no further: to SQLite the same as a disk without room.</summary>
    private sealed class FullDisk : DbConnectionInterceptor
    {
        public volatile bool IsFull;

        public override async Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default) =>
            await ExecuteAsync((SqliteConnection)connection, $"PRAGMA max_page_count = {(IsFull ? 1 : int.MaxValue)}");
    }
}
