using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>The server as its own process, as it is deployed: to be killed, or to be asked why it does not start.</summary>
internal sealed class LucitraServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private LucitraServer(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>With what it ended; null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>What it wrote to the terminal.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The settings with which it serves on a database.</summary>
    public static Dictionary<string, string?> SettingsFor(TestDatabase database) => new()
    {
        ["Database__Provider"] = database.Provider,
        ["ConnectionStrings__Lucitra"] = database.ConnectionString,
        ["HubSpot__ClientSecret"] = LucitraApp.ClientSecret,
        ["HubSpot__PublicBaseUrl"] = LucitraApp.PublicBaseUrl,
        ["Auth__ApiKey"] = LucitraApp.ApiKey,
    };

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="settings">Its environment.</param>
    /// <param name="folder">Where the program is; left out, beside the tests.</param>
    /// <param name="port">Where it listens; left out, at a free port.</param>
    public static async Task<LucitraServer> StartAsync(Dictionary<string, string?> settings, string? folder = null, int? port = null)
    {
        var listensAt = port ?? FreePort();
        var server = Launch(new(settings) { ["PORT"] = $"{listensAt}" }, listensAt, folder);
        using var client = new HttpClient { BaseAddress = server.Address };
        await Eventually.IsTrueAsync(async () =>
        {
            Assert.False(server._process.HasExited, server.Output);
            try
            {
                return (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Starts one of its commands, without waiting for anything.</summary>
    public static LucitraServer Begin(Dictionary<string, string?> settings, params string[] arguments) => Launch(settings, FreePort(), null, arguments);

    /// <summary>Runs it, or one of its commands, to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string?> settings, params string[] arguments) =>
        RunInAsync(null, settings, arguments);

    /// <summary>Runs the program of a folder, or one of its commands, to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunInAsync(string? folder, Dictionary<string, string?> settings, params string[] arguments)
    {
        await using var server = Launch(settings, FreePort(), folder, arguments);
        await server._process.WaitForExitAsync();
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>Asks it how many deliveries wait for the worker.</summary>
    public async Task<int> QueuedDeliveriesAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        return health.GetProperty("checks").GetProperty("database").GetProperty("details").GetProperty("queuedDeliveries").GetInt32();
    }

    /// <summary>Tells it to stop as a platform does (SIGTERM), without waiting for it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended by itself, and gives what it ended with.</summary>
    public async Task<int> WhenEndedAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends it as kill -9 does, between any two instructions.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static LucitraServer Launch(Dictionary<string, string?> settings, int port, string? folder, params string[] arguments)
    {
        folder ??= AppContext.BaseDirectory;
        var program = Path.Combine(folder, "Lucitra.Graph.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name.StartsWith("DOTNET_ENV", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new LucitraServer(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
