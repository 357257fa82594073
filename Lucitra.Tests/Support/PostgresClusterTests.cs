using Npgsql;

namespace Lucitra.Tests.Support;

public sealed class PostgresClusterTests
{
    [SkippableFact]
    public async Task The_shared_cluster_makes_databases_that_do_not_see_each_other()
    {
        Skip.If(PostgresCluster.MissingReason is not null, PostgresCluster.MissingReason);
        var cluster = (await PostgresCluster.StartedAsync())!;
        var one = await cluster.CreateDatabaseAsync();
        var other = await cluster.CreateDatabaseAsync();

        await AnswerAsync(one, "CREATE TABLE only_here (id int)");

        Assert.Equal(1L, await AnswerAsync(one, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"));
        Assert.Equal(0L, await AnswerAsync(other, "SELECT count(*) FROM pg_tables WHERE tablename = 'only_here'"));
        Assert.Equal("UTF8", await AnswerAsync(other, "SHOW server_encoding"));
        await cluster.DropDatabaseAsync(one);
        await cluster.DropDatabaseAsync(other);
        await Assert.ThrowsAsync<PostgresException>(() => AnswerAsync(other, "SELECT 1"));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cluster_of_ones_own_keeps_its_data_when_it_stops_and_starts_again(bool crash)
    {
        await using var cluster = await PostgresCluster.NewAsync();
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        var database = await cluster.CreateDatabaseAsync();
        await AnswerAsync(database, "CREATE TABLE kept AS SELECT 42 AS answer");

        await cluster.StopAsync(crash);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AnswerAsync(database, "SELECT 1"));
        await cluster.StartAsync();

        Assert.Equal(42, await AnswerAsync(database, "SELECT answer FROM kept"));
        var copy = await cluster.CreateDatabaseAsync(template: database);
        Assert.Equal(42, await AnswerAsync(copy, "SELECT answer FROM kept"));
    }

    private static async Task<object?> AnswerAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
