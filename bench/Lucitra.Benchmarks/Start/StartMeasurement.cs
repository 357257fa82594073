using System.Diagnostics;
using Lucitra.Benchmarks.Comparison;
using Lucitra.Benchmarks.Subscriptions;

namespace Lucitra.Benchmarks.Start;

/// <summary>One start of the server.</summary>
/// <param name="Variant">How it was run.</param>
/// <param name="Ready">After so many milliseconds it was ready.</param>
/// <param name="First">How many milliseconds the first operation took then.</param>
/// <param name="ProcessorTime">How many milliseconds of processor time all that took.</param>
/// <param name="Idle">Resident bytes then.</param>
/// <param name="Loaded">Resident bytes after the load.</param>
/// <param name="Requests">Operations a second under load.</param>
internal sealed record StartMeasurement(string Variant, double Ready, double First, double ProcessorTime, long Idle, long Loaded, double Requests)
{
    private const int AskingAtOnce = 32;

    /// <summary>From the start of the process to the first answer.</summary>
    public double Total => Ready + First;

    public static async Task<StartMeasurement> RunAsync(Variant variant, IReadOnlyDictionary<string, string> settings, Question question, StartOptions options, string log)
    {
        await using var server = StartedServer.Begin(variant, settings, options.Cores, log);
        await server.ReadyAsync();
        var ready = server.Milliseconds;
        await question.AskAsync(server.Client);
        var first = server.Milliseconds - ready;
        var spent = CpuTime.OfTree(server.ProcessId) * 1000;
        var idle = ProcessMemory.ResidentOf(server.ProcessId);
        var requests = await LoadAsync(server.Client, question, TimeSpan.FromSeconds(options.Seconds));
        return new StartMeasurement(variant.Name, ready, first, spent, idle, ProcessMemory.ResidentOf(server.ProcessId), requests);
    }

    private static async Task<double> LoadAsync(HttpClient client, Question question, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, AskingAtOnce).Select(async _ =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < time; count++)
                await question.AskAsync(client);
            return count;
        }));
        return counts.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
