using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>
/// Posts ever newer values of a few contacts from several connections, as HubSpot does: what is not acknowledged is posted
/// again later. Then checks that everything acknowledged was stored and applied exactly once.
/// </summary>
internal sealed class BurstOfChanges
{
    private const int Connections = 4;
    private const int EventsPerBatch = 25;
    private const int Contacts = 10;

    private readonly ConcurrentQueue<HubSpotFact[]> _unacknowledged = new();
    private ConcurrentQueue<HubSpotFact> _acknowledged = [];
    private int _value;

    public int Acknowledged => _acknowledged.Count;

    public int AcknowledgedBatches => Acknowledged / EventsPerBatch;

    public int Unacknowledged => _unacknowledged.Count;

    /// <summary>Posts until told to stop, or until the server does not answer.</summary>
    public Task PostAsync(Uri server, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
    {
        using var hubSpot = new HubSpotDriver(server);
        while (!stop.IsCancellationRequested && await PostAsync(hubSpot, NewBatch()))
        {
        }
    }));

    /// <summary>Posts one batch; false where it was not acknowledged.</summary>
    public Task<bool> PostOneAsync(HubSpotDriver hubSpot) => PostAsync(hubSpot, NewBatch());

    /// <summary>Posts again what was not acknowledged, until it is.</summary>
    public async Task RedeliverAsync(Uri server)
    {
        using var hubSpot = new HubSpotDriver(server);
        while (_unacknowledged.TryDequeue(out var batch))
            await PostAsync(hubSpot, batch);
    }

    /// <summary>
    /// Takes what was acknowledged after the first <paramref name="certain"/> events as not acknowledged, for it may have been
    /// lost by a queue that keeps nothing. Not while it posts.
    /// </summary>
    public void DoubtAfter(int certain)
    {
        foreach (var batch in _acknowledged.Skip(certain).Chunk(EventsPerBatch))
            _unacknowledged.Enqueue(batch);
        _acknowledged = new(_acknowledged.Take(certain));
    }

    /// <summary>Whether every acknowledged event is stored.</summary>
    public async Task<bool> IsStoredAsync(LucitraDbContext db) =>
        (await db.WebhookEvents.Select(row => row.Key).ToListAsync()).ToHashSet().IsSupersetOf(_acknowledged.Select(KeyOf));

    /// <summary>Fails where an acknowledged event is missing, twice there, unfinished or not the newest.</summary>
    public async Task IsAppliedOnceAsync(LucitraDbContext db)
    {
        Assert.Empty(_unacknowledged);
        var rows = await db.WebhookEvents.AsNoTracking().ToListAsync();
        Assert.Equal(_acknowledged.Select(KeyOf).Order(), rows.Select(row => row.Key).Order());
        Assert.All(rows, row => Assert.True(row.Status is WebhookEventStatus.Applied or WebhookEventStatus.Superseded, $"{row.Status} {row.Reason}"));

        // Each value is told once and no two are equal, so every applied event changed its property.
        var changes = await db.RecordChanges.AsNoTracking().OrderBy(change => change.Position).ToListAsync();
        Assert.Equal(
            rows.Where(row => row.Status == WebhookEventStatus.Applied).Select(row => (Guid?)row.Id).Order(),
            changes.SelectMany(change => change.Fields)
                .Where(field => field.Field != "createdAt")
                .Select(field => field.EventId)
                .Order());

        var newest = _acknowledged.GroupBy(fact => $"{fact.ObjectId}").ToDictionary(one => one.Key, one => one.MaxBy(fact => fact.OccurredAt)!.Value);
        var contacts = await db.Contacts.AsNoTracking().ToListAsync();
        Assert.Equal(newest, contacts.ToDictionary(contact => contact.HubSpotId!, contact => contact.FirstName));
        foreach (var contact in contacts)
        {
            // Not every version has a change: an event older than all others only makes the contact older.
            var versions = changes.Where(change => change.RecordId == contact.Id).Select(change => change.Version).ToList();
            Assert.Equal(versions.Distinct().Order(), versions);
            Assert.InRange(versions[^1], versions.Count, contact.Version);
        }
    }

    private async Task<bool> PostAsync(HubSpotDriver hubSpot, HubSpotFact[] batch)
    {
        try
        {
            if (await hubSpot.PostAsync(JsonSerializer.SerializeToUtf8Bytes(batch.Select(fact => fact.ToJson()))) == HttpStatusCode.NoContent)
            {
                foreach (var fact in batch)
                    _acknowledged.Enqueue(fact);
                return true;
            }
        }
        catch (HttpRequestException)
        {
            // The server died before it answered.
        }

        _unacknowledged.Enqueue(batch);
        return false;
    }

    private HubSpotFact[] NewBatch() => [.. Enumerable.Range(0, EventsPerBatch).Select(_ =>
    {
        var value = Interlocked.Increment(ref _value);
        return HubSpotFact.Changed("contact", 1 + (value % Contacts), "firstname", $"name {value}") with { OccurredAt = HubSpotFact.Start.AddMilliseconds(value) };
    })];

    private static string KeyOf(HubSpotFact fact)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(fact.ToJson());
        return FactKey.Of(HubSpotEventParser.Parse(json).Fact!, json);
    }
}
