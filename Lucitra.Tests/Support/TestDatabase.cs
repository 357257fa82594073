using Lucitra.Graph.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Support;

/// <summary>A migrated database of a test's own, gone with it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    public const string Sqlite = nameof(DatabaseProvider.Sqlite);
    public const string Postgres = nameof(DatabaseProvider.Postgres);

    private static readonly Lazy<Task<string>> _sqliteTemplate = new(MakeSqliteTemplateAsync);
    private static readonly Lazy<Task<string>> _postgresTemplate = new(MakePostgresTemplateAsync);
    private static readonly SemaphoreSlim _copying = new(1, 1);

    private readonly Func<Task> _drop;

    private TestDatabase(string provider, string connectionString, Func<Task> drop) =>
        (Provider, ConnectionString, _drop) = (provider, connectionString, drop);

    public string Provider { get; }

    public string ConnectionString { get; }

    /// <summary>A fresh database; skips the test where its server is missing.</summary>
    public static async Task<TestDatabase> CreateAsync(string provider)
    {
        if (provider == Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("lucitra-").FullName;
            File.Copy(await _sqliteTemplate.Value, Path.Combine(folder, "lucitra.db"));
            return new TestDatabase(provider, $"Data Source={folder}/lucitra.db", () => DropSqliteAsync(folder));
        }

        Skip.IfNot(PostgresCluster.MissingReason is null, PostgresCluster.MissingReason);
        var cluster = (await PostgresCluster.StartedAsync())!;
        var template = await _postgresTemplate.Value;
        await _copying.WaitAsync();
        try
        {
            var copy = await cluster.CreateDatabaseAsync(template);
            return new TestDatabase(provider, copy, () => cluster.DropDatabaseAsync(copy));
        }
        finally
        {
            _copying.Release();
        }
    }

    /// <summary>An empty database for <c>migrate</c>.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync(string provider)
    {
        if (provider == Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("lucitra-").FullName;
            return new TestDatabase(provider, $"Data Source={folder}/lucitra.db", () => DropSqliteAsync(folder));
        }

        Skip.IfNot(PostgresCluster.MissingReason is null, PostgresCluster.MissingReason);
        var cluster = (await PostgresCluster.StartedAsync())!;
        var empty = await cluster.CreateDatabaseAsync();
        return new TestDatabase(provider, empty, () => cluster.DropDatabaseAsync(empty));
    }

    /// <summary>A migrated database in a cluster of one's own, gone with the cluster.</summary>
    public static async Task<TestDatabase> CreateInAsync(PostgresCluster cluster)
    {
        var connectionString = await cluster.CreateDatabaseAsync();
        await MigratePostgresAsync(connectionString);
        return new TestDatabase(Postgres, connectionString, () => Task.CompletedTask);
    }

    /// <summary>An SQLite database that is there already, and stays.</summary>
    public static TestDatabase OfFile(string file) => new(Sqlite, $"Data Source={file}", () => Task.CompletedTask);

    /// <summary>A PostgreSQL database that is there already, and stays.</summary>
    public static TestDatabase Of(string connectionString) => new(Postgres, connectionString, () => Task.CompletedTask);

    public async ValueTask DisposeAsync() => await _drop();

    private static Task DropSqliteAsync(string folder)
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("lucitra-template-").FullName, "lucitra.db");
        var options = new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite($"Data Source={file};Pooling=False").Options;
        await using var db = new SqliteDbContext(options);
        await db.Database.MigrateAsync();
        return file;
    }

    private static async Task<string> MakePostgresTemplateAsync()
    {
        var connectionString = await (await PostgresCluster.StartedAsync())!.CreateDatabaseAsync();
        await MigratePostgresAsync(connectionString);
        return connectionString;
    }

    private static async Task MigratePostgresAsync(string connectionString)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql($"{connectionString};Pooling=False").Options;
        await using var db = new PostgresDbContext(options);
        await db.Database.MigrateAsync();
    }
}
