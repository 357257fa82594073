using System.Diagnostics;
using System.Globalization;
using Lucitra.Benchmarks.Comparison;
using Npgsql;

namespace Lucitra.Benchmarks;

/// <summary>How the server is run for a measurement: as in production, on a database of its own.</summary>
internal static class LucitraProgram
{
    public const string HubSpotSecret = "a-secret-that-guards-nothing-in-a-benchmark";
    public const string PublicBaseUrl = "https://hooks.example.com";

    private const string File = "Lucitra.Graph.dll";

    // As it is deployed, where the platform logs requests. The limits are what nobody reaches, since all requests come from one
    // caller and one address.
    public static Dictionary<string, string> Settings(string database, int sessions) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Database__Provider"] = "Postgres",
        ["ConnectionStrings__Lucitra"] = new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = sessions }.ToString(),
        ["HubSpot__ClientSecret"] = HubSpotSecret,
        ["HubSpot__PublicBaseUrl"] = PublicBaseUrl,
        ["Auth__Tokens__EncryptionSecret"] = "a-secret-that-guards-nothing-in-a-benchmark",
        ["Telemetry__RequestLogShare"] = "0",
        ["RateLimits__CallerRequestsPerMinute"] = "1000000000",
        ["RateLimits__CallerCostPerMinute"] = "1000000000",
        ["RateLimits__AddressRequestsPerMinute"] = "1000000000",
    };

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <param name="folder">Where the program is.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="log">The file that gets its output.</param>
    public static Task<ServerProcess> StartAsync(string folder, IReadOnlyDictionary<string, string> settings, string log) => ServerProcess.StartAsync(
        port => Start(folder, new Dictionary<string, string>(settings) { ["PORT"] = port.ToString(CultureInfo.InvariantCulture) }), log);

    /// <summary>Makes an API key with which everything that is measured can be asked.</summary>
    public static async Task<string> ApiKeyAsync(string folder, IReadOnlyDictionary<string, string> settings)
    {
        var start = Start(folder, settings);
        string[] words = ["create-api-key", "--name", "bench", "--scopes", "contacts:read,contacts:read:pii,contacts:write,deals:read,analytics:read"];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var key = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? key : throw new BenchFailure($"create-api-key failed: {key}");
    }

    public static ProcessStartInfo Start(string folder, IReadOnlyDictionary<string, string> settings, string program = File)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, program)]) { WorkingDirectory = folder };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }
}
