using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Webhooks.Erasure;

/// <summary>
/// Keeps the inbox free of people whose data HubSpot told us to erase: their stored events lose everything that leads to
/// them, and later events that name them are stored without it. Scoped: it works in the transaction of its context.
/// </summary>
public sealed class InboxErasure(InboxDbContext db, TimeProvider clock)
{
    /// <summary>What an erased event's reason begins with.</summary>
    public const string Reason = "ERASED: HubSpot had the person's data deleted";

    /// <summary>Stands where an event's text was.</summary>
    internal const string ErasedText = "{}";

    private const int HashesPerQuery = 500;
    private const string Lock = "erasure";

    private readonly HashSet<HubSpotObjectId> _erased = [];
    private byte[]? _salt;

    /// <summary>
    /// Waits until what a transaction stores of people can be told from what is erased meanwhile. Whoever stores, shares this with
    /// others; whoever erases, does it alone: an event or a value that is being stored while its person is erased would otherwise
    /// outlast them. Enter before anything is read.
    /// </summary>
    /// <param name="alone">Whether the transaction erases people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task EnterAsync(bool alone, CancellationToken cancellationToken) =>
        alone ? db.LockAsync(Lock, cancellationToken) : db.LockSharedAsync(Lock, cancellationToken);

    /// <summary>Which of these objects were erased.</summary>
    public async Task<HashSet<HubSpotObjectId>> FindAsync(IEnumerable<HubSpotObjectId> objects, CancellationToken cancellationToken)
    {
        var erased = new HashSet<HubSpotObjectId>();
        foreach (var chunk in objects.Distinct().Chunk(HashesPerQuery))
        {
            await LoadSaltAsync(cancellationToken);
            var hashes = chunk.ToDictionary(Hash);
            var asked = hashes.Keys.ToList();
            erased.UnionWith((await db.ErasedObjects.Where(one => asked.Contains(one.Hash)).Select(one => one.Hash).ToListAsync(cancellationToken))
                .Concat(db.ErasedObjects.Local.Select(one => one.Hash).Where(hashes.ContainsKey))
                .Select(hash => hashes[hash]));
        }

        return erased;
    }

    /// <summary>Remembers that the objects are erased, and takes everything that leads to them out of the stored events.</summary>
    public async Task EraseAsync(IReadOnlyCollection<HubSpotObjectId> objects, CancellationToken cancellationToken)
    {
        var known = await FindAsync(objects, cancellationToken);
        db.ErasedObjects.AddRange(objects.Where(one => !known.Contains(one)).Select(one => new ErasedObject { Hash = Hash(one), ErasedAt = clock.UtcNow() }));
        foreach (var one in objects)
        {
            await db.WebhookEvents
                .Where(row => row.PortalId == one.PortalId
                    && ((row.ObjectType == one.ObjectType && row.ObjectId == one.ObjectId)
                        || (row.RelatedObjectType == one.ObjectType && row.RelatedObjectId == one.ObjectId)))
                .LoadAsync(cancellationToken);
        }

        _erased.UnionWith(objects);
        Cover(db.WebhookEvents.Local);
    }

    /// <summary>Takes everything that leads to what was erased in this scope out of events that are about to be stored.</summary>
    internal void Cover(IEnumerable<WebhookEvent> rows)
    {
        foreach (var row in rows.Where(row => _erased.Any(one => Names(row, one))))
            Erase(row);
    }

    /// <summary>The key of an event that names an erased object: nobody can find out from it what the event said.</summary>
    internal string Key(string factKey) => Hash(Encoding.UTF8.GetBytes(factKey));

    internal async Task LoadSaltAsync(CancellationToken cancellationToken) =>
        _salt ??= (await db.ErasureSalts.AsNoTracking().SingleAsync(cancellationToken)).Value;

    private static bool Names(WebhookEvent row, HubSpotObjectId one) =>
        row.PortalId == one.PortalId
        && ((row.ObjectType == one.ObjectType && row.ObjectId == one.ObjectId)
            || (row.RelatedObjectType == one.ObjectType && row.RelatedObjectId == one.ObjectId));

    private void Erase(WebhookEvent row)
    {
        row.Key = Key(row.Key);
        row.Raw = ErasedText;
        (row.ObjectId, row.RelatedObjectId, row.PropertyName, row.EventId, row.SourceId) = (null, null, null, null, null);
        if (row.Status == WebhookEventStatus.Received)
            row.Reason = Reason;
    }

    private string Hash(HubSpotObjectId one) =>
        Hash(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{one.PortalId}|{one.ObjectType}|{one.ObjectId}")));

    private string Hash(byte[] text) => Base64Url.EncodeToString(HMACSHA256.HashData(_salt!, text));
}

/// <summary>Identifies an object in HubSpot.</summary>
public readonly record struct HubSpotObjectId(long PortalId, string ObjectType, long ObjectId);
