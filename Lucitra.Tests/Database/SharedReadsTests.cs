using System.Text.Json;
using GraphQL;
using GraphQL.SystemTextJson;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Npgsql;

namespace Lucitra.Tests.Database;

/// <summary>Equal questions at the same time are read once, and never too early.</summary>
public sealed class SharedReadsTests
{
    private static readonly Question _question = new("how many?");

    private readonly SharedReads _shared = new();
    private readonly List<TaskCompletionSource<string>> _readings = [];

    [Fact]
    public async Task Who_asks_while_others_are_answered_gets_the_next_answer_together()
    {
        var first = AskAsync();
        var others = new[] { AskAsync(), AskAsync(), AskAsync() };
        Assert.Single(_readings);

        _readings[0].SetResult("1");
        Assert.Equal("1", await first);
        await Eventually.IsTrueAsync(() => Task.FromResult(_readings.Count == 2));
        var late = AskAsync();
        _readings[1].SetResult("2");
        Assert.Equal(["2", "2", "2"], await Task.WhenAll(others));

        await Eventually.IsTrueAsync(() => Task.FromResult(_readings.Count == 3));
        _readings[2].SetResult("3");
        Assert.Equal("3", await late);
    }

    [Fact]
    public async Task Other_questions_are_answered_meanwhile()
    {
        var held = AskAsync();
        Assert.Equal("at once", await _shared.ReadAsync(new Question("how many?", 2), () => Task.FromResult("at once"), CancellationToken.None));
        _readings[0].SetResult("1");
        Assert.Equal("1", await held);
    }

    [Fact]
    public async Task The_next_one_reads_when_somebody_gives_up()
    {
        using var gone = new CancellationTokenSource();
        var first = AskAsync(gone.Token);
        var waiting = AskAsync(gone.Token);
        var (second, third) = (AskAsync(), AskAsync());
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.IsTrueAsync(() => Task.FromResult(!_readings[^1].Task.IsCompleted));
        _readings[^1].SetResult("2");
        Assert.Equal(["2", "2"], await Task.WhenAll(second, third));
    }

    [Fact]
    public async Task After_a_fault_each_asks_alone_and_nobody_waits_for_another()
    {
        var first = AskAsync();
        var others = new[] { AskAsync(), AskAsync(), AskAsync() };
        _readings[0].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        // The next one had not begun, so it is shared; its fault is not.
        await Eventually.IsTrueAsync(() => Task.FromResult(_readings.Count == 2));
        _readings[1].SetException(new TimeoutException());
        await Eventually.IsTrueAsync(() => Task.FromResult(_readings.Count == 4));
        _readings[2].SetResult("a");
        _readings[3].SetResult("b");
        var answers = await Task.WhenAll(others.Select(async other =>
        {
            try
            {
                return await other;
            }
            catch (TimeoutException)
            {
                return "fault";
            }
        }));
        Assert.Equal(["a", "b", "fault"], answers.Order());
    }

    [Theory]
    [InlineData(true, "{\"a\":1,\"b\":[1,2]}", "{\"a\":1,\"b\":[1,2]}")]
    [InlineData(false, "{\"a\":1,\"b\":[1,2]}", "{\"a\":1,\"b\":[1,3]}")]
    [InlineData(false, "{\"a\":[1,2]}", "{\"a\":[[1],2]}")]
    [InlineData(false, "{\"a\":[1],\"b\":[2]}", "{\"a\":[1,\"b\",2]}")]
    [InlineData(false, "{\"a\":{\"b\":1}}", "{\"a\":[\"b\",1]}")]
    [InlineData(false, "{\"a\":null}", "{}")]
    [InlineData(false, "{\"a\":\"1\"}", "{\"a\":1}")]
    public void Questions_are_the_same_when_all_their_values_are(bool areSame, string one, string other)
    {
        var (left, right) = (new Question("q", Values(one)), new Question("q", Values(other)));
        Assert.Equal(areSame, left.Equals(right));
        Assert.Equal(areSame, left.GetHashCode() == right.GetHashCode());
    }

    [SkippableTheory]
    [InlineData("deals", "{ dealsAggregate(where: { amount: { gt: 1 } }, groupBy: [{ field: STAGE_ID }]) { groups { count key { stageId } } } }")]
    [InlineData("contacts", "{ contacts(where: { lifecycleStage: { eq: \"lead\" } }) { totalCount } }")]
    [InlineData("rollups", "{ analytics { dashboard { contacts { new { current } } } } }")]
    [InlineData("rollups", "{ analytics { revenueByMonth { totalCount } } }")]
    public async Task Of_many_equal_questions_to_a_server_one_is_read_at_a_time(string table, string query)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(database);
        var expected = $"{await app.QueryAsync(query)}";
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync();

        // What was answered is kept until something is committed.
        await using (var commit = new NpgsqlCommand("SELECT pg_current_xact_id()", other))
            await commit.ExecuteNonQueryAsync();

        Task<JsonElement[]> asking;
        await using (await other.BeginTransactionAsync())
        {
            await using (var hold = new NpgsqlCommand($"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE", other))
                await hold.ExecuteNonQueryAsync();
            asking = Task.WhenAll(Enumerable.Range(0, 25).Select(_ => app.QueryAsync(query)));
            await Eventually.IsTrueAsync(async () => await WaitingAsync() > 0);
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.Equal(1, await WaitingAsync());
        }

        Assert.All(await asking, answer => Assert.Equal(expected, $"{answer}"));

        async Task<long> WaitingAsync()
        {
            await using var count = new NpgsqlCommand("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND relation = @table::regclass", other);
            count.Parameters.AddWithValue("table", table);
            return (long)(await count.ExecuteScalarAsync())!;
        }
    }

    private static IDictionary<string, object?> Values(string json) => new GraphQLSerializer().Deserialize<Inputs>(json)!;

    private Task<string> AskAsync(CancellationToken cancellationToken = default) => _shared.ReadAsync(
        _question,
        () =>
        {
            var reading = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            cancellationToken.Register(() => reading.TrySetCanceled(cancellationToken));
            lock (_readings)
                _readings.Add(reading);
            return reading.Task;
        },
        cancellationToken);
}
