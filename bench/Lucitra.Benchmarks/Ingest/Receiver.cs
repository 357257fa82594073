using System.Diagnostics;
using System.Globalization;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>A server that takes webhooks, with its database: Lucitra, or the raw endpoint.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private const string RawTable =
        "CREATE TABLE raw_inbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL)";

    private readonly ServerProcess _process;
    private readonly string _table;

    private Receiver(string name, InboxDatabase database, ServerProcess process, string table) =>
        (Name, Database, _process, _table) = (name, database, process, table);

    public string Name { get; }

    public InboxDatabase Database { get; }

    public int Port => _process.Client.BaseAddress!.Port;

    /// <summary>Seconds of processor time so far.</summary>
    public double CpuTime => Comparison.CpuTime.OfTree(_process.ProcessId);

    /// <summary>The program in Production, with some of its roles.</summary>
    public static async Task<Receiver> StartLucitraAsync(string server, IngestOptions options, string roles)
    {
        var database = await InboxDatabase.CreateAsync(server, "lucitra_ingest");
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Lucitra__Roles"] = roles,
            ["Database__Provider"] = "Postgres",
            ["ConnectionStrings__Lucitra"] = database.ConnectionString,
            ["HubSpot__ClientSecret"] = SignedRequests.Secret,
            ["HubSpot__PublicBaseUrl"] = SignedRequests.PublicBaseUrl,
            ["Auth__Tokens__EncryptionSecret"] = "a-secret-that-guards-nothing-in-a-benchmark",
            ["RateLimits__AddressRequestsPerMinute"] = "1000000000",
        };
        await using (var services = BenchDatabase.Services(database.ConnectionString))
            await Graph.Database.DatabaseModule.MigrateDatabaseAsync(services, CancellationToken.None);
        var process = await ServerProcess.StartAsync(
            port => Program(options.Program, "Lucitra.Graph.dll", new(settings) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) }),
            Path.Combine(options.Logs, "ingest-lucitra.log"));
        return new Receiver("lucitra", database, process, "queued_messages");
    }

    public static async Task<Receiver> StartRawAsync(string server, IngestOptions options)
    {
        var database = await InboxDatabase.CreateAsync(server, "lucitra_ingest_raw");
        await database.ExecuteAsync(RawTable);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2, NoResetOnClose = true };
        var settings = new Dictionary<string, string> { ["ConnectionStrings__Raw"] = connection.ToString() };
        var process = await ServerProcess.StartAsync(
            port => Program(AppContext.BaseDirectory, "RawEndpoint.dll", new(settings) { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" }),
            Path.Combine(options.Logs, "ingest-raw.log"));
        return new Receiver("raw", database, process, "raw_inbox");
    }

    /// <summary>Takes away what it has kept, and what it has logged.</summary>
    public Task EmptyAsync()
    {
        _process.EmptyLog();
        return Database.ExecuteAsync($"TRUNCATE {_table}");
    }

    /// <summary>How many requests it has kept.</summary>
    public Task<long> CountAsync() => Database.ReadAsync<long>($"SELECT count(*) FROM {_table}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static ProcessStartInfo Program(string folder, string program, Dictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, program)]) { WorkingDirectory = folder };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }
}
