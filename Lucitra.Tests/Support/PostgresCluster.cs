using System.Security.Cryptography;
using Npgsql;

namespace Lucitra.Tests.Support;

/// <summary>
/// A PostgreSQL for the tests: the server named by <c>LUCITRA_TEST_POSTGRES</c> (a superuser's connection string), or a
/// throw-away one that lives no longer than the test run.
/// </summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The reason to skip with where <see cref="NewAsync"/> gives null. build.sh knows it by its first two words.</summary>
    public const string NotInstalled = "Missing server: PostgreSQL is not installed.";

    private static readonly Lazy<Task<PostgresCluster?>> _shared = new(StartSharedAsync);

    private readonly NpgsqlConnectionStringBuilder _administrator;
    private readonly PostgresServer? _server;

    private PostgresCluster(NpgsqlConnectionStringBuilder administrator, PostgresServer? server) =>
        (_administrator, _server) = (administrator, server);

    /// <summary>The reason to skip with where <see cref="StartedAsync"/> gives null; otherwise null.</summary>
    public static string? MissingReason { get; } = NamedServer() is null && PostgresBinaries.Find() is null ? NotInstalled : null;

    /// <summary>The cluster of the whole test run, started by the first to ask; null with <see cref="MissingReason"/>.</summary>
    public static Task<PostgresCluster?> StartedAsync() => _shared.Value;

    /// <summary>A cluster of one's own, to stop and start; null where no PostgreSQL is installed. The caller disposes it.</summary>
    public static async Task<PostgresCluster?> NewAsync(bool fsync = false)
    {
        if (PostgresBinaries.Find() is not { } binaries)
            return null;

        var server = await PostgresServer.CreateAsync(binaries, fsync);
        await server.StartAsync();
        return new PostgresCluster(server.Administrator, server);
    }

    /// <summary>
    /// Makes an empty database, or a copy of <paramref name="template"/> (the connection string of another one, whose
    /// connections are cut), and returns its connection string.
    /// </summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var source = template is null ? "template0" : DatabaseOf(template);
        var name = $"lucitra_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        if (template is not null)
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'");

        await ExecuteAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{source}\"");
        return new NpgsqlConnectionStringBuilder(_administrator.ConnectionString) { Database = name, Pooling = true }.ConnectionString;
    }

    /// <summary>Drops a database by its connection string, cutting whatever connections it has.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"DROP DATABASE IF EXISTS \"{DatabaseOf(connectionString)}\" WITH (FORCE)");

    /// <summary>Stops a cluster made by <see cref="NewAsync"/>: in good order, or cutting every transaction short.</summary>
    public Task StopAsync(bool crash = false) => OwnServer.StopAsync(crash);

    /// <summary>Starts it again on the same port with the same data: to be written to, or to follow a primary, which it has none of.</summary>
    public Task StartAsync(bool asStandby = false) => OwnServer.StartAsync(asStandby);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private PostgresServer OwnServer =>
        _server ?? throw new InvalidOperationException("The server of LUCITRA_TEST_POSTGRES is not ours to stop.");

    private static async Task<PostgresCluster?> StartSharedAsync() =>
        NamedServer() is { } named
            ? new PostgresCluster(new NpgsqlConnectionStringBuilder(named) { Pooling = false, IncludeErrorDetail = true }, null)
            : await NewAsync();

    private static string? NamedServer() =>
        Environment.GetEnvironmentVariable("LUCITRA_TEST_POSTGRES") is { Length: > 0 } named ? named : null;

    private static string? DatabaseOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
