using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lucitra.Tests.Support;

/// <summary>
/// Google's Pub/Sub emulator: the one <c>LUCITRA_TEST_PUBSUB_EMULATOR</c> names (host:port, or the jar), or a throw-away one
/// that lives no longer than the test run. It keeps everything in memory.
/// </summary>
internal sealed class PubSubEmulator : IAsyncDisposable
{
    /// <summary>The end of the standard input, which also comes when the test process is killed, ends the emulator.</summary>
    private const string Watch = """exec >/dev/null 2>&1; java=$1; jar=$2; shift 2; "$java" -Xmx512m -jar "$jar" "$@" & read -r _; kill -9 $! 2>/dev/null; wait $!""";

    private const string Jars = "platform/pubsub-emulator/lib";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<PubSubEmulator>> _shared = new(StartSharedAsync);

    private readonly string _jar;
    private Process? _watch;

    private PubSubEmulator(string host, string jar) => (Host, _jar) = (host, jar);

    /// <summary>The reason to skip with where there is none; otherwise null. build.sh knows it by its first two words.</summary>
    public static string? MissingReason { get; } = FindMissing();

    /// <summary>Host and port, as <c>PUBSUB_EMULATOR_HOST</c> has them.</summary>
    public string Host { get; }

    /// <summary>The emulator of the whole test run, started by the first to ask; skips the test where there is none.</summary>
    public static Task<PubSubEmulator> StartedAsync()
    {
        Skip.IfNot(MissingReason is null, MissingReason);
        return _shared.Value;
    }

    /// <summary>An emulator of one's own, to kill and start; skips the test where there is no jar. The caller disposes it.</summary>
    public static async Task<PubSubEmulator> NewAsync()
    {
        Skip.If(FindJar() is null || Tool.Find("java") is null, MissingReason ?? "Missing server: Pub/Sub emulator as a jar, to be killed, and Java.");
        var emulator = new PubSubEmulator($"127.0.0.1:{FreePort()}", FindJar()!);
        await emulator.StartAsync();
        return emulator;
    }

    /// <summary>Starts it on its port, without anything that was in it.</summary>
    public async Task StartAsync()
    {
        _watch = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", Watch, "watch", Tool.Find("java")!, _jar, "--host=127.0.0.1", $"--port={Host.Split(':')[1]}"])
        {
            RedirectStandardInput = true,
        })!;
        AppDomain.CurrentDomain.ProcessExit += EndWatch;
        using var client = new HttpClient { BaseAddress = new Uri($"http://{Host}"), Timeout = TimeSpan.FromSeconds(5) };
        var start = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(client))
        {
            if (_watch.HasExited || Stopwatch.GetElapsedTime(start) > _patience)
                throw new InvalidOperationException($"The Pub/Sub emulator {_jar} did not start at {Host}.");
            await Task.Delay(100);
        }
    }

    /// <summary>Ends it as kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (_watch is not { } watch)
            return;
        watch.StandardInput.Close();
        await watch.WaitForExitAsync();
        AppDomain.CurrentDomain.ProcessExit -= EndWatch;
        watch.Dispose();
        _watch = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void EndWatch(object? sender, EventArgs args) => _watch?.StandardInput.Close();

    private static async Task<PubSubEmulator> StartSharedAsync() => Named() is { } named && !File.Exists(named) ? new PubSubEmulator(named, "") : await NewAsync();

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync(new Uri("/", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static string? FindMissing()
    {
        if (Named() is { } named && !File.Exists(named))
            return null;
        if (FindJar() is null)
            return "Missing server: Pub/Sub emulator (Google Cloud CLI with its component pubsub-emulator, or LUCITRA_TEST_PUBSUB_EMULATOR).";
        return Tool.Find("java") is null ? "Missing server: Pub/Sub emulator needs Java." : null;
    }

    private static string? Named() => Environment.GetEnvironmentVariable("LUCITRA_TEST_PUBSUB_EMULATOR") is { Length: > 0 } named ? named : null;

    private static string? FindJar() =>
        Named() is { } named
            ? File.Exists(named) ? named : null
            : Roots().Select(root => Path.Combine(root, Jars)).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "cloud-pubsub-emulator-*-all.jar").Order().Reverse())
                .FirstOrDefault();

    private static IEnumerable<string> Roots()
    {
        yield return "/usr/lib/google-cloud-sdk";
        yield return "/opt/google-cloud-sdk";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "google-cloud-sdk");
        if (Tool.Find("gcloud") is { } gcloud && Path.GetDirectoryName(File.ResolveLinkTarget(gcloud, returnFinalTarget: true)?.FullName ?? gcloud) is { } bin)
            yield return Path.GetDirectoryName(bin)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
