using System.Globalization;
using System.Security.Cryptography;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Erasure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Proves that the live records here are those of HubSpot: goes through all of them in ranges of ids whose hashes both sides
/// must share, and looks into those that differ. What differs is read again after a pause, so that what is on its way is no
/// difference. People whose data was erased, and archived records that are live on neither side, are not compared.
/// </summary>
internal sealed class RecordComparison(
    ReadableProperties properties,
    PropertyRegistry registry,
    InboxTransactions transactions,
    PatientCalls calls,
    IDbContextFactory<LucitraDbContext> contexts,
    IServiceScopeFactory scopes,
    IOptions<SyncOptions> options,
    TimeProvider clock)
{
    /// <summary>Records of HubSpot's whose ids make a range.</summary>
    private const int RangeSize = 1_000;

    /// <summary>Compares contacts and deals; with <paramref name="heal"/> takes over HubSpot's state of those that differ.</summary>
    public async Task<IReadOnlyList<ComparisonResult>> RunAsync(HubSpotClient portal, bool heal, CancellationToken cancellationToken) =>
    [
        await RunAsync(portal, HubSpotObjectTypes.Contact, heal, cancellationToken),
        await RunAsync(portal, HubSpotObjectTypes.Deal, heal, cancellationToken),
    ];

    private async Task<ComparisonResult> RunAsync(HubSpotClient portal, string objectType, bool heal, CancellationToken cancellationToken)
    {
        var names = await properties.OfAsync(objectType, cancellationToken);
        var here = new RecordsHere(contexts, registry, objectType, portal.PortalId, names);
        var source = new RecordSource(portal, objectType, names, HubSpotCallPriority.Backfill);
        var suspects = new List<long>();
        var (records, ranges, equal, above) = (0L, 0L, 0L, 0L);
        await foreach (var range in RangesAsync(portal, objectType, names, cancellationToken))
        {
            var to = range.IsLast ? long.MaxValue : range.Records.Max(IdOf);
            var there = await ComparedAsync(source, here, new RecordSnapshot(portal.PortalId, names, clock.UtcNow()) { Found = range.Records }, cancellationToken);
            var differing = Compare(there, await here.RangeAsync(above, to, cancellationToken));
            suspects.AddRange(differing);
            (records, ranges, equal, above) = (records + there.Count, ranges + 1, equal + (differing.Count == 0 ? 1 : 0), to);
        }

        var differences = new List<RecordDifference>();
        var healed = 0L;
        if (suspects.Count > 0)
            await Task.Delay(options.Value.ReadDelay + options.Value.LinkLag, clock, cancellationToken);
        foreach (var ids in suspects.Chunk(HubSpotClient.MaxBatch))
        {
            var (left, healedOnes) = await SettleAsync(source, here, objectType, portal.PortalId, ids, heal, cancellationToken);
            differences.AddRange(left);
            healed += healedOnes;
        }

        return new ComparisonResult(objectType, records, ranges, equal, suspects.Count, healed, differences);
    }

    private async IAsyncEnumerable<(IReadOnlyList<HubSpotObject> Records, bool IsLast)> RangesAsync(
        HubSpotClient portal,
        string objectType,
        IReadOnlyList<string> names,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new List<HubSpotObject>();
        var highest = 0L;
        string? after = null;
        do
        {
            var cursor = after;
            var page = await calls.RunAsync(
                () => portal.ListAsync(objectType, cursor, HubSpotClient.MaxBatch, names, archived: false, HubSpotCallPriority.Backfill, cancellationToken), cancellationToken);
            var records = page.Results.OrderBy(IdOf).ToList();
            if (records.Count > 0 && IdOf(records[0]) <= highest)
                throw new InvalidDataException($"HubSpot lists its {objectType} records in another order than that of their ids, by which they are compared.");
            highest = records.Count > 0 ? IdOf(records[^1]) : highest;
            range.AddRange(records);
            after = page.After;
            if (range.Count >= RangeSize && after is not null)
            {
                yield return (range, false);
                range = [];
            }
        }
        while (after is not null);
        yield return (range, true);
    }

    /// <summary>The live records of a snapshot in the form in which they are compared.</summary>
    private async Task<Dictionary<long, ComparedRecord>> ComparedAsync(RecordSource source, RecordsHere here, RecordSnapshot snapshot, CancellationToken cancellationToken)
    {
        var linked = source.IsOfDeals && snapshot.Links.Count == 0
            ? await calls.RunAsync(() => source.WithLinksAsync(snapshot, source.LiveOf(snapshot), options.Value.LinkLag, cancellationToken), cancellationToken)
            : snapshot;
        var erased = await ErasedAsync(source, linked, cancellationToken);
        return linked.Found
            .Where(one => !one.IsArchived && !erased.Contains(IdOf(one)))
            .Select(one => here.Compared(one, source.IsOfDeals ? linked.Links[new RecordKey(linked.PortalId, IdOf(one))].Where(id => !erased.Contains(id)) : []))
            .ToDictionary(one => one.Id);
    }

    // Ids of contacts: of a deal, those it is linked to.
    private async Task<HashSet<long>> ErasedAsync(RecordSource source, RecordSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var ids = source.IsOfDeals ? snapshot.Links.Values.SelectMany(links => links) : snapshot.Found.Select(IdOf);
        var erased = await scope.ServiceProvider.GetRequiredService<InboxErasure>()
            .FindAsync(ids.Select(id => new HubSpotObjectId(snapshot.PortalId, HubSpotObjectTypes.Contact, id)), cancellationToken);
        return erased.Select(one => one.ObjectId).ToHashSet();
    }

    /// <summary>Ids that are not the same on both sides: none where the hashes of the ranges are equal.</summary>
    private static List<long> Compare(Dictionary<long, ComparedRecord> there, Dictionary<long, RecordHere> here)
    {
        var live = here.Values.Select(one => one.Record).OfType<ComparedRecord>().ToDictionary(one => one.Id);
        if (HashOf(there.Values).AsSpan().SequenceEqual(HashOf(live.Values)))
            return [];
        return [.. there.Keys.Union(live.Keys).Where(id =>
            !there.TryGetValue(id, out var one) || !live.TryGetValue(id, out var other) || one.Differences(other).Count > 0).Order()];
    }

    private static byte[] HashOf(IEnumerable<ComparedRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var record in records.OrderBy(one => one.Id))
            hash.AppendData(record.Hash());
        return hash.GetHashAndReset();
    }

    private async Task<(List<RecordDifference> Left, int Healed)> SettleAsync(
        RecordSource source, RecordsHere here, string objectType, long portalId, long[] ids, bool heal, CancellationToken cancellationToken)
    {
        var keys = ids.Select(id => new RecordKey(portalId, id)).ToList();
        var snapshot = await calls.RunAsync(() => source.ReadAsync(keys, cancellationToken), cancellationToken);
        snapshot = await calls.RunAsync(() => source.WithLinksAsync(snapshot, source.LiveOf(snapshot), options.Value.LinkLag, cancellationToken), cancellationToken);
        var there = await ComparedAsync(source, here, snapshot, cancellationToken);
        var differing = await DifferencesAsync();
        if (!heal || differing.Count == 0)
            return (differing, 0);

        await transactions.RunAsync(
            (services, token) => services.GetServices<IRecordSnapshots>().Single(one => one.ObjectType == objectType).ApplyAsync(snapshot, token), cancellationToken);
        var left = await DifferencesAsync();
        return (left, differing.Count - left.Count);

        async Task<List<RecordDifference>> DifferencesAsync()
        {
            var known = await here.FindAsync(ids, cancellationToken);
            return [.. ids.Select(id => DifferenceOf(objectType, new RecordKey(portalId, id), snapshot, there.GetValueOrDefault(id), known.GetValueOrDefault(id))).OfType<RecordDifference>()];
        }
    }

    private static RecordDifference? DifferenceOf(string objectType, RecordKey key, RecordSnapshot snapshot, ComparedRecord? there, RecordHere? here)
    {
        if (there is not null && here?.Record is { } record)
            return there.Differences(record) is { Count: > 0 } names ? new RecordDifference(objectType, key, DifferenceKind.Content, names) : null;
        if (there is not null)
            return new RecordDifference(objectType, key, here?.Reason ?? DifferenceKind.MissingHere, []);
        if (here?.Record is null)
            return null;

        var kind = snapshot.Merged.Any(one => one.Merged == key) ? DifferenceKind.MergedThere
            : snapshot.Gone.Contains(key) ? DifferenceKind.GoneThere
            : DifferenceKind.ArchivedThere;
        return new RecordDifference(objectType, key, kind, []);
    }

    private static long IdOf(HubSpotObject one) => long.Parse(one.Id, CultureInfo.InvariantCulture);
}
