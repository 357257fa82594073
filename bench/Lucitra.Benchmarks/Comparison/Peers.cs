using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>The servers that can take part, and how each is started.</summary>
internal static class Peers
{
    public const string Raw = "raw";
    public const string RawPlannedOnce = "raw-planned-once";
    public const string Lucitra = "lucitra";
    public const string PostGraphile = "postgraphile";
    public const string PostGraphileTwo = "postgraphile-2";

    // The same for all; more sessions than that only wait for the same two cores.
    private const int Sessions = 32;

    private static readonly Dictionary<string, string> _json = new() { ["Accept"] = "application/json" };

    public static IReadOnlyList<string> All { get; } = [Raw, RawPlannedOnce, Lucitra, PostGraphile, PostGraphileTwo];

    /// <summary>Those whose packages are there.</summary>
    public static IReadOnlyList<string> Installed => File.Exists(Node) ? All : [Raw, RawPlannedOnce, Lucitra];

    private static string PostGraphileFolder => Path.Combine(SourceTree.Root, "bench", "PostGraphile");

    private static string Node => Path.Combine(PostGraphileFolder, "node_modules", ".bin", "node");

    /// <param name="name">Which.</param>
    /// <param name="database">The connection string of its database.</param>
    /// <param name="program">The folder of the server's program.</param>
    /// <param name="logs">The folder of the logs.</param>
    public static async Task<Peer> StartAsync(string name, string database, string program, string logs)
    {
        var log = Path.Combine(logs, $"{name}-{new NpgsqlConnectionStringBuilder(database).Database}.log");
        return name switch
        {
            Raw or RawPlannedOnce => new Peer(name, await ServerProcess.StartAsync(port => RawProgram(database, port, isPlannedOnce: name == RawPlannedOnce), log), _json),
            Lucitra => await StartLucitraAsync(database, program, log),
            PostGraphile => new Peer(name, await ServerProcess.StartAsync(port => PostGraphileProgram(database, port, 1), log), _json),
            PostGraphileTwo => new Peer(name, await ServerProcess.StartAsync(port => PostGraphileProgram(database, port, 2), log), _json),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such server."),
        };
    }

    // Prepared statements, and no reset of sessions that nobody changes: what a program with hand-written statements would do. When to
    // plan them PostgreSQL decides, unless it is told.
    private static ProcessStartInfo RawProgram(string database, int port, bool isPlannedOnce)
    {
        var connection = new NpgsqlConnectionStringBuilder(database)
        {
            MaxPoolSize = Sessions,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Options = isPlannedOnce ? "-c plan_cache_mode=force_generic_plan" : null,
        };
        return LucitraProgram.Start(AppContext.BaseDirectory, new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["ConnectionStrings__Raw"] = connection.ToString(),
        }, "RawEndpoint.dll");
    }

    private static async Task<Peer> StartLucitraAsync(string database, string program, string log)
    {
        var settings = LucitraProgram.Settings(database, Sessions);
        var key = await LucitraProgram.ApiKeyAsync(program, settings);
        var server = await LucitraProgram.StartAsync(program, settings, log);
        return new Peer(Lucitra, server, new Dictionary<string, string>(_json) { ["X-Api-Key"] = key });
    }

    private static ProcessStartInfo PostGraphileProgram(string database, int port, int processes)
    {
        var at = new NpgsqlConnectionStringBuilder(database);
        var start = new ProcessStartInfo(Node, ["server.mjs", port.ToString(CultureInfo.InvariantCulture), processes.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = PostGraphileFolder,
        };
        start.Environment["DATABASE_URL"] = $"postgres://{at.Username}{(at.Password is { } password ? $":{Uri.EscapeDataString(password)}" : "")}@{at.Host}:{at.Port}/{at.Database}";
        start.Environment["SESSIONS"] = (Sessions / processes).ToString(CultureInfo.InvariantCulture);
        start.Environment["NODE_ENV"] = "production";
        start.Environment["GRAPHILE_ENV"] = "production";
        return start;
    }
}
