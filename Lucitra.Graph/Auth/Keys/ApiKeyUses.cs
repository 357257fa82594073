using System.Collections.Concurrent;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>
/// Collects uses of keys and writes them once in a while, so that a request costs no write: when and from where each was used
/// last, and for the audit its first use from an address and the times that it was refused.
/// </summary>
internal sealed partial class ApiKeyUses(IDbContextFactory<LucitraDbContext> contexts, AuditLog audit, TimeProvider clock, ILogger<ApiKeyUses> logger)
    : BackgroundService
{
    // Addresses and the ids of keys that do not exist come from anybody.
    private const int MostCollected = 10_000;
    private const int MostAddressesOfKey = 1_000;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    private ConcurrentDictionary<(string KeyId, string Address), DateTime> _used = new();
    private ConcurrentDictionary<(string KeyId, string Reason, string Address), int> _refused = new();

    public void Used(string keyId, string address)
    {
        if (_used.Count < MostCollected)
            _used[(keyId, address)] = clock.UtcNow();
    }

    public void Refused(string keyId, string reason, string address)
    {
        if (_refused.Count < MostCollected)
            _refused.AddOrUpdate((keyId, reason, address), 1, (_, count) => count + 1);
    }

    /// <summary>Writes what was collected.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_used.IsEmpty && _refused.IsEmpty)
            return;

        var used = Interlocked.Exchange(ref _used, new());
        var refused = Interlocked.Exchange(ref _refused, new());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync("api-key-uses", cancellationToken);
        foreach (var uses in used.GroupBy(use => use.Key.KeyId))
            await WriteUsesAsync(db, uses.Key, uses.ToDictionary(use => use.Key.Address, use => use.Value), cancellationToken);
        foreach (var ((keyId, reason, address), count) in refused)
            audit.Record(db, AuditActions.KeyRefused, $"key:{keyId}", reason, count, address: address);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                await TryWriteAsync(stoppingToken);
        }
    }

    private async Task WriteUsesAsync(LucitraDbContext db, string keyId, Dictionary<string, DateTime> uses, CancellationToken cancellationToken)
    {
        if (await db.ApiKeys.FirstOrDefaultAsync(key => key.Id == keyId, cancellationToken) is not { } key)
            return;

        var last = uses.MaxBy(use => use.Value);
        if (!(key.LastUsedAt >= last.Value))
            (key.LastUsedAt, key.LastUsedAddress) = (last.Value, last.Key);
        var known = await db.ApiKeyAddresses.Where(row => row.KeyId == keyId).Select(row => row.Address).ToHashSetAsync(cancellationToken);
        foreach (var (address, at) in uses.Where(use => !known.Contains(use.Key)).Take(MostAddressesOfKey - known.Count))
        {
            db.ApiKeyAddresses.Add(new ApiKeyAddress { KeyId = keyId, Address = address, FirstUsedAt = at });
            audit.Record(db, AuditActions.KeyFirstUsed, $"key:{keyId}", key.Name, address: address);
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, FaultText.Of(fault));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not note the uses of API keys ({Fault}); those of this half minute are lost")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
