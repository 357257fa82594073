using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Timeline;

/// <summary>Every committed change reaches every subscriber once, in the order of commits.</summary>
public sealed class ChangeFeedTests
{
    [SkippableFact]
    public async Task A_transaction_that_commits_late_is_not_passed_by()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        using var changes = RecordedChanges.Of(app, nameof(Contact));
        await using var early = await ContextAsync(app);
        await using var late = await ContextAsync(app);
        await using var earlyWrite = await early.BeginWriteAsync(CancellationToken.None);
        await using var lateWrite = await late.BeginWriteAsync(CancellationToken.None);

        var first = await AddChangeAsync(early);
        var second = await AddChangeAsync(late);
        await lateWrite.CommitAsync(CancellationToken.None);
        app.Services.GetRequiredService<ChangeSignal>().Pulse();
        await using (var between = await LucitraApp.StartAsync(app.Database))
        {
            using var elsewhere = RecordedChanges.Of(between, nameof(Contact));
            await Eventually.IsTrueAsync(() => between.InDatabaseAsync(db => db.RecordChanges.AnyAsync(change => change.Position == second)));
            Assert.Empty(changes.Positions);
            await earlyWrite.CommitAsync(CancellationToken.None);
            var third = await ChangeAsync(app);

            long[] inOrder = [first, second, third];
            await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Count == 3 && elsewhere.Positions.Contains(third)));
            Assert.Equal(inOrder, changes.Positions);
        }
    }

    [SkippableFact]
    public async Task Only_transactions_of_the_same_database_are_waited_for()
    {
        await using var elsewhere = await TestDatabase.CreateEmptyAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        var log = app.Services.GetRequiredService<ChangeFeed>().History;
        await using var neighbour = await OpenTransactionAsync(elsewhere);
        var first = await ChangeAsync(app);
        var settled = await log.ReadAsync(default, CancellationToken.None);
        await using var own = await OpenTransactionAsync(app.Database);
        var second = await ChangeAsync(app);
        var unsettled = await log.ReadAsync(settled.Changes[^1].At, CancellationToken.None);
        await own.CloseAsync();
        await Eventually.IsTrueAsync(async () => (await log.ReadAsync(default, CancellationToken.None)).Changes.Count == 2);

        Assert.Equal(first, Assert.Single(settled.Changes).Position);
        Assert.False(settled.HasUnsettled);
        Assert.Empty(unsettled.Changes);
        Assert.True(unsettled.HasUnsettled);
        Assert.Equal(second, (await log.EndAsync(CancellationToken.None)).Position);
    }

    [SkippableFact]
    public async Task Changes_from_a_backup_of_another_server_do_not_hold_up_new_ones()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(database);
        await ChangeAsync(app);
        await app.InDatabaseAsync(db => db.RecordChanges.ExecuteUpdateAsync(set => set.SetProperty(change => change.TransactionId, 1L << 50)));

        await app.Services.MigrateDatabaseAsync(CancellationToken.None);

        await using var restored = await LucitraApp.StartAsync(database);
        using var changes = RecordedChanges.Of(restored, nameof(Contact));
        var position = await ChangeAsync(restored);
        await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Count > 0));
        Assert.Equal([position], changes.Positions);
    }

    [SkippableFact]
    public async Task A_change_that_was_open_when_the_server_started_is_not_passed_by()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var writer = await LucitraApp.StartAsync(database);
        await using var open = await ContextAsync(writer);
        await using var write = await open.BeginWriteAsync(CancellationToken.None);
        var early = await AddChangeAsync(open);
        await ChangeAsync(writer);

        await using var app = await LucitraApp.StartAsync(database);
        using var changes = RecordedChanges.Of(app, nameof(Contact));
        await write.CommitAsync(CancellationToken.None);
        var last = await ChangeAsync(writer);

        await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Contains(last)));
        Assert.Contains(early, changes.Positions);
        Assert.Equal(changes.Positions.Distinct(), changes.Positions);
    }

    [SkippableTheory, BothDatabases]
    public async Task Every_change_of_many_writers_reaches_a_subscriber_once_and_in_order(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        using var changes = RecordedChanges.Of(app, nameof(Contact));

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var positions = new List<long>();
            for (var i = 0; i < 25; i++)
                positions.Add(await ChangeAsync(app));
            return positions;
        }));

        await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Count >= 200));
        Assert.Equal(made.SelectMany(positions => positions).Order(), changes.Positions.Order());
        var committed = await app.InDatabaseAsync(db => db.RecordChanges.AsNoTracking()
            .OrderBy(change => change.TransactionId).ThenBy(change => change.Position).Select(change => change.Position).ToListAsync());
        Assert.Equal(committed, changes.Positions);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_subscriber_that_does_not_read_is_cut_off_and_others_are_not(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        using var slow = RecordedChanges.Of(app, nameof(Contact), reads: false);
        using var quick = RecordedChanges.Of(app, nameof(Contact));
        using var elsewhere = RecordedChanges.Of(app, "Deal");

        // Each time less than a subscriber may have unread, together more.
        for (var changes = 600; changes <= 1_200; changes += 600)
        {
            await using (var db = await ContextAsync(app))
            {
                await using var write = await db.BeginWriteAsync(CancellationToken.None);
                db.RecordChanges.AddRange(Enumerable.Range(0, 600).Select(_ => NewChange()));
                await db.SaveChangesAsync();
                await write.CommitAsync(CancellationToken.None);
            }

            await Eventually.IsTrueAsync(() => Task.FromResult(quick.Positions.Count == changes));
        }

        Assert.Single(slow.Positions);
        Assert.Empty(elsewhere.Positions);
        slow.ReadAll();
        Assert.Equal(ErrorCodes.SlowConsumer, Assert.IsType<CodedError>(await slow.Ended).Code);
    }

    [SkippableTheory, BothDatabases]
    public async Task Who_unsubscribed_gets_no_more_and_is_let_go(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var left = RecordedChanges.Of(app, nameof(Contact));
        using var stayed = RecordedChanges.Of(app, nameof(Contact));
        await ChangeAsync(app);
        await Eventually.IsTrueAsync(() => Task.FromResult(left.Positions.Count == 1));
        left.Dispose();
        await ChangeAsync(app);
        await Eventually.IsTrueAsync(() => Task.FromResult(stayed.Positions.Count == 2));

        Assert.Single(left.Positions);
        Assert.Equal(1, app.Services.GetRequiredService<ChangeFeed>().Subscribers);
    }

    [SkippableTheory, BothDatabases]
    public async Task When_the_server_stops_its_streams_end_for_clients_to_subscribe_again(string database)
    {
        RecordedChanges changes;
        string streamed;
        await using (var app = await LucitraApp.StartAsync(database))
        {
            changes = RecordedChanges.Of(app, nameof(Contact));
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
            request.Content = new StringContent("""{"query":"subscription { onContactChanged { id } }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var reading = response.Content.ReadAsStringAsync();
            await app.StopAsync();
            streamed = await reading;
        }

        Assert.Null(await changes.Ended);
        Assert.DoesNotContain("complete", streamed, StringComparison.Ordinal);
    }

    private static async Task<LucitraDbContext> ContextAsync(LucitraApp app) =>
        await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();

    /// <summary>A session of its own with a transaction that has written, and stays open until the session ends.</summary>
    private static async Task<NpgsqlConnection> OpenTransactionAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var write = new NpgsqlCommand("BEGIN; CREATE TABLE open_work (id int)", connection);
        await write.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<long> ChangeAsync(LucitraApp app)
    {
        await using var db = await ContextAsync(app);
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var position = await AddChangeAsync(db);
        await write.CommitAsync(CancellationToken.None);
        app.Services.GetRequiredService<ChangeSignal>().Pulse();
        return position;
    }

    private static async Task<long> AddChangeAsync(LucitraDbContext db)
    {
        var change = NewChange();
        db.RecordChanges.Add(change);
        await db.SaveChangesAsync();
        return await db.RecordChanges.Where(row => row.RecordId == change.RecordId).Select(row => row.Position).SingleAsync();
    }

    private static RecordChange NewChange() => new()
    {
        RecordType = nameof(Contact),
        RecordId = Guid.CreateVersion7(),
        Kind = RecordChangeKind.Updated,
        Fields = [],
        OccurredAt = HubSpotFact.Start.UtcDateTime,
        RecordedAt = HubSpotFact.Start.UtcDateTime,
    };
}
