using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>A server in a process of its own. What it prints goes into a file.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private PeerProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Id => _process.Id;

    public int Port { get; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until it answers.</summary>
    public static async Task<PeerProcess> StartAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, int port, string log)
    {
        var peer = new PeerProcess(Start(program, arguments, environment, log), port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http))
        {
            if (peer._process.HasExited || Stopwatch.GetElapsedTime(start) > _patience)
            {
                await peer.DisposeAsync();
                throw new InvalidOperationException($"{Path.GetFileName(program)} did not start; {log} has what it printed.");
            }

            await Task.Delay(100);
        }

        return peer;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        using var process = Start(program, arguments, environment, log);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} failed; {log} has what it printed.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        // The shell puts itself aside for the program, so that its number is the program's.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "log=$1; shift; exec dotnet \"$@\" >\"$log\" 2>&1", "sh", log, program, .. arguments]);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
