using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Lucitra.Benchmarks.Start;

/// <summary>A server whose start is timed.</summary>
internal sealed class StartedServer : IAsyncDisposable
{
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();

    private StartedServer(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    public double Milliseconds => Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Starts a server on the first cores of this machine. Its output goes to a file.</summary>
    public static StartedServer Begin(Variant variant, IReadOnlyDictionary<string, string> settings, int cores, string log)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        // The shell becomes taskset, and that becomes the server.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"""exec taskset -c 0-{cores - 1} dotnet "$0" >"$LUCITRA_BENCH_LOG" 2>&1""", Path.Combine(variant.Folder, "Lucitra.Graph.dll")]) { WorkingDirectory = variant.Folder };
        foreach (var (name, value) in settings.Concat(variant.Settings))
            start.Environment[name] = value;
        start.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["LUCITRA_BENCH_LOG"] = log;
        return new StartedServer(Process.Start(start)!, port);
    }

    /// <summary>Waits until it says that it is ready, as a platform does before it sends requests.</summary>
    public async Task ReadyAsync()
    {
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited || Milliseconds > _patience.TotalMilliseconds)
                throw new BenchFailure("A server did not start; its output is among the logs.");
            await Task.Delay(_between, TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
