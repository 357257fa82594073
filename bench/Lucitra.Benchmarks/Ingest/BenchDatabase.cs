using Npgsql;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>A database on the server of the bench, gone when it is disposed.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private BenchDatabase(string server, string name) =>
        (_server, _name, ConnectionString) = (server, name, new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString());

    public string ConnectionString { get; }

    public static async Task<BenchDatabase> CreateAsync(string server, string name)
    {
        var database = new BenchDatabase(server, $"{name}_{Environment.ProcessId}");
        await ExecuteAsync(server, $"CREATE DATABASE {database._name}");
        return database;
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(ConnectionString, sql);

    /// <summary>The rows that a query gives.</summary>
    public async Task<List<object[]>> ReadAsync(string sql)
    {
        await using var open = new NpgsqlConnection(ConnectionString);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            rows.Add(new object[reader.FieldCount]);
            reader.GetValues(rows[^1]);
        }

        return rows;
    }

    /// <summary>The first value that a query gives.</summary>
    public async Task<T> ReadAsync<T>(string sql) => (T)(await ReadAsync(sql))[0][0];

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
