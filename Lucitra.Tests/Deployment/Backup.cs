using System.Diagnostics;
using Lucitra.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Lucitra.Tests.Deployment;

/// <summary>A backup of a database by the commands of docs/backup.md, and its restore into another server or folder.</summary>
internal sealed class Backup : IAsyncDisposable
{
    // More than a new server has run.
    private const int TransactionsAhead = 2_000;

    private const string Contents = """
        SELECT string_agg(format('%s: %s', name, query_to_xml(format('SELECT md5(string_agg(row::text, E''\n'' ORDER BY row::text)) AS rows FROM %I AS row', name), true, true, '')), E'\n' ORDER BY name)
        FROM (SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE') AS tables
        """;

    private readonly TestDatabase _database;
    private readonly string _folder = Directory.CreateTempSubdirectory("lucitra-backup-").FullName;
    private readonly PostgresCluster? _other;
    private string _contents = "";

    private Backup(TestDatabase database, PostgresCluster? other) => (_database, _other) = (database, other);

    private bool IsSqlite => _database.Provider == TestDatabase.Sqlite;

    private string File => Path.Combine(_folder, IsSqlite ? "lucitra.db" : "lucitra.dump");

    /// <summary>Makes the other server; skips the test where PostgreSQL's programs are missing.</summary>
    public static async Task<Backup> PrepareAsync(TestDatabase database)
    {
        if (database.Provider == TestDatabase.Sqlite)
            return new Backup(database, null);

        Skip.If(PostgresBinaries.Find() is null, "Missing server: PostgreSQL's programs are not installed.");
        await ExecuteAsync(database.ConnectionString, $"DO $$ BEGIN FOR i IN 1..{TransactionsAhead} LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
        return new Backup(database, await PostgresCluster.NewAsync());
    }

    public async Task TakeAsync()
    {
        if (IsSqlite)
        {
            await using var connection = new SqliteConnection(_database.ConnectionString);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{File}'";
            await command.ExecuteNonQueryAsync();
            return;
        }

        await RunAsync("pg_dump", ["--format=custom", "--no-owner", $"--file={File}", UriOf(_database.ConnectionString)]);
        _contents = await ContentsAsync(_database.ConnectionString);
    }

    /// <summary>The database as it was; on PostgreSQL each table was found to have the same rows.</summary>
    public async Task<TestDatabase> RestoreAsync()
    {
        if (IsSqlite)
            return TestDatabase.OfFile(File);

        var restored = await _other!.CreateDatabaseAsync();
        await RunAsync("pg_restore", ["--no-owner", "--exit-on-error", $"--dbname={UriOf(restored)}", File]);
        Assert.Equal(_contents, await ContentsAsync(restored));
        return TestDatabase.Of(restored);
    }

    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        if (_other is not null)
            await _other.DisposeAsync();
    }

    private static string UriOf(string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{database.Username}:{database.Password}@{database.Host}:{database.Port}/{database.Database}";
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresBinaries.Find()!.Folder, program), arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {complaints}");
    }

    private static async Task<string> ContentsAsync(string connectionString) => (string)(await ExecuteAsync(connectionString, Contents))!;

    private static async Task<object?> ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
