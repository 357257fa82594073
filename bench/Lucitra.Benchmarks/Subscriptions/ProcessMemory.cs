using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>The memory of a .NET process after a full collection, in bytes.</summary>
/// <param name="Resident">What the system counts for it.</param>
/// <param name="Managed">What its objects take.</param>
internal sealed record ProcessMemory(long Resident, long Managed)
{
    private const long GarbageCollection = 0x1;
    private const long CollectNow = 0x800000;

    public static async Task<ProcessMemory> AfterCollectionAsync(int process)
    {
        var managed = await CollectAsync(process);
        return new ProcessMemory(ResidentOf(process), managed);
    }

    public static long ResidentOf(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    // The runtime collects when a session with this keyword begins, and says what is left.
    private static async Task<long> CollectAsync(int process)
    {
        using var session = new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, GarbageCollection | CollectNow)], requestRundown: false);
        var left = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var events = new EventPipeEventSource(session.EventStream);
        events.Clr.GCHeapStats += stats => left.TrySetResult(stats.TotalHeapSize);
        var reading = Task.Run(events.Process);
        var size = await left.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await session.StopAsync(CancellationToken.None);
        await reading;
        return size;
    }
}
