using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Npgsql;

namespace Lucitra.Tests.Database;

/// <summary>What cost much to read is kept until something is committed, and no longer.</summary>
public sealed class KeptReadsTests
{
    private static readonly Question _question = new("how many?");

    private int _readings;

    [SkippableFact]
    public async Task An_answer_is_kept_until_something_is_committed()
    {
        await using var store = await Store.OpenAsync();
        await using var other = await store.ConnectAsync();
        var kept = store.Kept;

        Assert.Equal(["1", "1"], [await AskAsync(kept), await AskAsync(kept)]);
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await TakeNumberAsync(other);
            Assert.Equal("1", await AskAsync(kept));
            await transaction.CommitAsync();
        }

        Assert.Equal(["2", "2"], [await AskAsync(kept), await AskAsync(kept)]);

        // One that began before others and ends after them.
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await TakeNumberAsync(other);
            await using (var third = await store.ConnectAsync())
                await TakeNumberAsync(third);

            Assert.Equal(["3", "3"], [await AskAsync(kept), await AskAsync(kept)]);
            await transaction.CommitAsync();
        }

        Assert.Equal("4", await AskAsync(kept));
    }

    [SkippableFact]
    public async Task What_was_read_while_something_was_committed_is_not_kept()
    {
        await using var store = await Store.OpenAsync();
        await using var other = await store.ConnectAsync();
        var kept = store.Kept;

        Assert.Equal("1", await AskAsync(kept, meanwhile: () => TakeNumberAsync(other)));
        Assert.Equal(["2", "2"], [await AskAsync(kept), await AskAsync(kept)]);
    }

    [SkippableFact]
    public async Task No_more_is_kept_than_there_is_room_for()
    {
        await using var store = await Store.OpenAsync();
        var kept = store.Kept;

        Assert.Equal(["1", "2"], [await AskAsync(kept, size: KeptReads.Capacity), await AskAsync(kept, size: KeptReads.Capacity)]);

        const int Half = (KeptReads.Capacity / 2) - 1000;
        var (first, second, third) = (new Question("first"), new Question("second"), new Question("third"));
        Assert.Equal(["3", "4"], [await AskAsync(kept, first, Half), await AskAsync(kept, second, Half)]);
        Assert.Equal(["3", "4"], [await AskAsync(kept, first, Half), await AskAsync(kept, second, Half)]);
        Assert.Equal(["5", "5"], [await AskAsync(kept, third, Half), await AskAsync(kept, third, Half)]);
        Assert.Equal("6", await AskAsync(kept, first, Half));
    }

    [SkippableFact]
    public async Task Nothing_is_kept_where_nobody_tells_what_is_committed()
    {
        await using var store = await Store.OpenAsync();
        await using var several = Store.Sessions(new NpgsqlConnectionStringBuilder(store.ConnectionString) { Host = "127.0.0.1,127.0.0.1" }.ConnectionString);
        var (kept, ofSeveral, onSqlite) = (store.Kept, new KeptReads(new SharedReads(), several), new KeptReads(new SharedReads()));

        Assert.Equal(["1", "2"], [await AskAsync(onSqlite), await AskAsync(onSqlite)]);
        Assert.Equal(["3", "4"], [await AskAsync(ofSeveral), await AskAsync(ofSeveral)]);
        Assert.Equal(["5", "5"], [await AskAsync(kept), await AskAsync(kept)]);

        // The read itself finds out that the database is gone, and says so.
        await store.Cluster.StopAsync();
        Assert.Equal(["6", "7"], [await AskAsync(kept), await AskAsync(kept)]);

        // It may have been put back to an earlier time, at which transactions had the same numbers.
        await store.Cluster.StartAsync();
        Assert.Equal(["8", "8"], [await AskAsync(kept), await AskAsync(kept)]);
    }

    [SkippableFact]
    public async Task Nothing_is_kept_of_a_standby()
    {
        await using var store = await Store.OpenAsync();
        var kept = store.Kept;
        Assert.Equal(["1", "1"], [await AskAsync(kept), await AskAsync(kept)]);

        await store.Cluster.StopAsync();
        await store.Cluster.StartAsync(asStandby: true);
        Assert.Equal(["2", "3", "4"], [await AskAsync(kept), await AskAsync(kept), await AskAsync(kept)]);
    }

    [SkippableTheory]
    [InlineData("{ contacts(where: { lifecycleStage: { eq: \"lead\" } }) { totalCount } }", "contacts.totalCount")]
    [InlineData("{ contactsAggregate(where: { lifecycleStage: { eq: \"lead\" } }) { groups { count } } }", "contactsAggregate.groups.0.count")]
    public async Task A_total_is_counted_again_when_something_was_committed(string query, string path)
    {
        await using var cluster = await Store.ClusterAsync();
        await using var database = await TestDatabase.CreateInAsync(cluster);
        var log = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: log.Attach);

        foreach (var expected in new[] { 0, 1, 2 })
        {
            Assert.Equal(expected, (await app.QueryAsync(query)).At(path).GetInt32());

            // Work in the background commits something now and then.
            await Eventually.IsTrueAsync(async () => (await log.DuringAsync(() => app.QueryAsync(query))).Count == 0);
            await app.QueryAsync($$"""mutation { createContact(input: { email: "{{expected}}@example.com", lifecycleStage: "lead" }) { contact { id } } }""");
        }
    }

    private static async Task TakeNumberAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id()", connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task<string> AskAsync(KeptReads kept, Question? question = null, int size = 1, Func<Task>? meanwhile = null) => kept.ReadAsync(
        question ?? _question,
        async () =>
        {
            if (meanwhile is not null)
                await meanwhile();
            return $"{++_readings}";
        },
        _ => size,
        CancellationToken.None);

    /// <summary>What is kept of a database in a cluster of its own: whatever others commit in a shared one would count.</summary>
    private sealed class Store(PostgresCluster cluster, string connectionString) : IAsyncDisposable
    {
        private readonly PostgresSessions _sessions = Sessions(connectionString);
        private KeptReads? _kept;

        public PostgresCluster Cluster => cluster;

        public string ConnectionString => connectionString;

        public KeptReads Kept => _kept ??= new KeptReads(new SharedReads(), _sessions);

        public static async Task<Store> OpenAsync()
        {
            var cluster = await ClusterAsync();
            return new Store(cluster, await cluster.CreateDatabaseAsync());
        }

        public static async Task<PostgresCluster> ClusterAsync()
        {
            var cluster = await PostgresCluster.NewAsync();
            Skip.If(cluster is null, PostgresCluster.NotInstalled);
            return cluster;
        }

        public static PostgresSessions Sessions(string connectionString) => PostgresSessions.Open(connectionString, new DatabaseOptions(), servesApi: true);

        public async Task<NpgsqlConnection> ConnectAsync()
        {
            var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            return connection;
        }

        public async ValueTask DisposeAsync()
        {
            await _sessions.DisposeAsync();
            await cluster.DisposeAsync();
        }
    }
}
