namespace Lucitra.Benchmarks.Ingest;

/// <summary>Something that takes webhooks: Lucitra, or the bare endpoint.</summary>
internal sealed class InboxPeer : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _table;

    private InboxPeer(string name, BenchDatabase database, PeerProcess process, string table) =>
        (Name, Database, _process, _table) = (name, database, process, table);

    public string Name { get; }

    public BenchDatabase Database { get; }

    public int Port => _process.Port;

    public int ProcessId => _process.Id;

    /// <summary>The program as it is published, or built, in Production.</summary>
    public static async Task<InboxPeer> StartLucitraAsync(string server, string folder, string roles)
    {
        var database = await BenchDatabase.CreateAsync(server, $"lucitra_ingest_{roles.Replace(',', '_').ToLowerInvariant()}");
        var port = PeerProcess.FreePort();
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["PORT"] = $"{port}",
            ["Lucitra__Roles"] = roles,
            ["Database__Provider"] = "Postgres",
            ["ConnectionStrings__Lucitra"] = database.ConnectionString,
            ["HubSpot__ClientSecret"] = SignedRequests.Secret,
            ["HubSpot__PublicBaseUrl"] = SignedRequests.PublicBaseUrl,
        };
        var program = BenchPaths.Program;
        await PeerProcess.RunAsync(program, ["migrate"], environment, Path.Combine(folder, "migrate.log"));
        var process = await PeerProcess.StartAsync(program, [], environment, port, Path.Combine(folder, "lucitra.log"));
        return new InboxPeer("Lucitra", database, process, "queued_messages");
    }

    public static async Task<InboxPeer> StartBareAsync(string server, string folder)
    {
        var database = await BenchDatabase.CreateAsync(server, "lucitra_ingest_bare");
        await database.ExecuteAsync(BareInbox.Table);
        var port = PeerProcess.FreePort();

        // The same garbage collector as the program's.
        var environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "1" };
        var process = await PeerProcess.StartAsync(
            typeof(InboxPeer).Assembly.Location, ["ingest", "bare", database.ConnectionString, $"{port}"], environment, port, Path.Combine(folder, "bare.log"));
        return new InboxPeer("bare", database, process, "bare_inbox");
    }

    /// <summary>Takes away what it has kept.</summary>
    public Task EmptyAsync() => Database.ExecuteAsync($"TRUNCATE {_table}");

    /// <summary>How many requests it has kept.</summary>
    public Task<long> CountAsync() => Database.ReadAsync<long>($"SELECT count(*) FROM {_table}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Database.DisposeAsync();
    }
}
