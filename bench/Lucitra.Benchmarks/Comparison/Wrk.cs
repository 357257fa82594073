using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Runs the load generator.</summary>
internal static class Wrk
{
    private const int Threads = 2;
    private const int Timeout = 30;

    private static readonly JsonSerializerOptions _options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Sends a contender's requests over and over. An answer that is not as it should be makes the run fail.</summary>
    public static async Task<WrkResult> RunAsync(Peer peer, Contender contender, int connections, double seconds, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, contender.Requests.Select(request => $"{request.Method}\t{request.Path}\t{request.Body}"), cancellationToken);
            var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
            string[] words =
            [
                "-t", Text(Math.Min(Threads, connections)), "-c", Text(connections), "-d", $"{Math.Ceiling(seconds):0}s", "--timeout", $"{Timeout}s",
                .. peer.Headers.SelectMany(header => new[] { "-H", $"{header.Key}: {header.Value}" }), "-H", "Content-Type: application/json",
                "-s", Path.Combine(AppContext.BaseDirectory, "Comparison", "wrk.lua"),
                peer.Process.Client.BaseAddress!.ToString(), "--", file, contender.Beginning, Text(Stopwatch.GetTimestamp()),
            ];
            foreach (var word in words)
                start.ArgumentList.Add(word);

            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            var last = (await output).TrimEnd().Split('\n')[^1];
            if (process.ExitCode != 0 || !last.StartsWith('{'))
                throw new BenchFailure($"wrk failed: {await output}{await errors}");
            var result = JsonSerializer.Deserialize<WrkResult>(last, _options)!;
            return result is { Wrong: 0, Failed: 0 }
                ? result
                : throw new BenchFailure($"{contender.Name}: {result.Wrong} wrong answers and {result.Failed} failures in {result.Requests} requests. {await errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the load generator saw; times in microseconds.</summary>
internal sealed record WrkResult(long Requests, long Microseconds, long P50, long P99, long Wrong, long Failed);
