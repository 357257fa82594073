using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>A server in a process of its own, on a port of this machine.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _log;

    private ServerProcess(Process process, int port, string log)
    {
        (_process, _log) = (process, log);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Asks the server.</summary>
    public HttpClient Client { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts a server and waits until it answers, whatever it answers.</summary>
    /// <param name="program">The program, and what it is told when the port is known.</param>
    /// <param name="log">The file that gets its output.</param>
    public static async Task<ServerProcess> StartAsync(Func<int, ProcessStartInfo> program, string log)
    {
        var port = FreePort();
        var told = program(port);

        // A shell sends the output to the file, so that it costs this process nothing, and then becomes the program.
        var start = new ProcessStartInfo("/bin/sh", ["-c", """exec "$0" "$@" >>"$LUCITRA_BENCH_LOG" 2>&1""", told.FileName, .. told.ArgumentList])
        {
            WorkingDirectory = told.WorkingDirectory,
        };
        foreach (var (name, value) in told.Environment)
            start.Environment[name] = value;
        start.Environment["LUCITRA_BENCH_LOG"] = log;
        await File.WriteAllTextAsync(log, "");
        var server = new ServerProcess(Process.Start(start)!, port, log);
        try
        {
            await server.AnswersAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Empties the log, which grows by a line for each request.</summary>
    public void EmptyLog() => File.WriteAllText(_log, "");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task AnswersAsync()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/", UriKind.Relative));
                return;
            }
            catch (HttpRequestException)
            {
                if (_process.HasExited || Stopwatch.GetElapsedTime(start) > _patience)
                    throw new BenchFailure($"A server did not start; its output:\n{await File.ReadAllTextAsync(_log)}");
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
