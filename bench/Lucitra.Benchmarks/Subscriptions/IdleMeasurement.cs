using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>What subscribers cost a server while nothing happens.</summary>
/// <param name="Sockets">How many WebSockets.</param>
/// <param name="Subscriptions">How many subscriptions on each.</param>
/// <param name="Before">Its memory without them.</param>
/// <param name="After">Its memory with them.</param>
/// <param name="CoreShare">How much of one core it uses with them.</param>
/// <param name="CoreShareBefore">How much of one core it uses without them.</param>
internal sealed record IdleMeasurement(int Sockets, int Subscriptions, ProcessMemory Before, ProcessMemory After, double CoreShare, double CoreShareBefore)
{
    private const string Document = "subscription { onContactChanged { id email firstName lastName lifecycleStage } }";
    private const int WarmUpSockets = 20;

    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(5);

    public int Subscribers => Sockets * Subscriptions;

    public double ResidentEach => (double)(After.Resident - Before.Resident) / Subscribers;

    public double ManagedEach => (double)(After.Managed - Before.Managed) / Subscribers;

    public static async Task<IdleMeasurement> RunAsync(string database, SubscriptionsOptions options, int sockets, int subscriptions, string log)
    {
        await using var audience = await Audience.StartAsync(database, options.Program, log);

        // What the first subscribers bring about once, code above all, is not theirs.
        await audience.OpenAsync(WarmUpSockets, _ => [Document]);
        await audience.HeardByAllAsync(WarmUpSockets);
        await audience.CloseAsync();
        await Task.Delay(_settling, TimeProvider.System);
        var process = audience.Server.ProcessId;
        var before = await ProcessMemory.AfterCollectionAsync(process);
        var idleBefore = await CoreShareAsync(process, options.IdleSeconds);

        await audience.OpenAsync(sockets, _ => Enumerable.Repeat(Document, subscriptions));
        await audience.HeardByAllAsync(sockets * subscriptions);
        await Task.Delay(_settling, TimeProvider.System);
        var idle = await CoreShareAsync(process, options.IdleSeconds);
        return new IdleMeasurement(sockets, subscriptions, before, await ProcessMemory.AfterCollectionAsync(process), idle, idleBefore);
    }

    private static async Task<double> CoreShareAsync(int process, int seconds)
    {
        var start = CpuTime.OfTree(process);
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        return (CpuTime.OfTree(process) - start) / seconds;
    }
}
