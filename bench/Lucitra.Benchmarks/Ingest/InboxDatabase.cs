using Npgsql;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>A database of a receiver, gone when it is disposed.</summary>
internal sealed class InboxDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name;

    private InboxDatabase(string server, string name) => (_server, _name, ConnectionString) = (server, name, BenchDatabase.ConnectionTo(server, name));

    public string ConnectionString { get; }

    public static async Task<InboxDatabase> CreateAsync(string server, string name)
    {
        var database = new InboxDatabase(server, $"{name}_{Environment.ProcessId}");
        await BenchDatabase.ExecuteAsync(server, $"CREATE DATABASE {database._name}");
        return database;
    }

    public Task ExecuteAsync(string sql) => BenchDatabase.ExecuteAsync(ConnectionString, sql);

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
        await BenchDatabase.ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }
}
