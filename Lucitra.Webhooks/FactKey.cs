using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lucitra.Webhooks;

/// <summary>
/// Identifies a fact however often and in whatever form it is told: SHA-256 over what tells two facts apart, as 43
/// characters of base64url. HubSpot's eventId is not part of it, because it is neither unique nor the same in both forms.
/// Keys are stored: changing what goes into one makes repetitions of older facts look new.
/// </summary>
internal static class FactKey
{
    public const int Length = 43;

    private static readonly HashSet<string> _tellNothing = new(StringComparer.Ordinal)
    {
        "attemptNumber", "subscriptionId", "eventId",
        // Already in the key, normalised.
        "subscriptionType", "eventType", "objectTypeId",
    };

    public static string Of(HubSpotEvent fact, ReadOnlyMemory<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "fact");
        Add(hash, fact.PortalId);
        Add(hash, fact.ObjectType);
        Add(hash, fact.Kind);
        Add(hash, new DateTimeOffset(fact.OccurredAt).ToUnixTimeMilliseconds());
        if (fact.Association is { } link)
            AddAssociation(hash, link);
        else if (fact.Merge is { } merge)
            AddMerge(hash, merge, fact.ObjectId);
        else if (HubSpotEventKinds.IsKnown(fact.Kind))
            AddState(hash, fact);
        else
            AddMembers(hash, json);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    /// <summary>The key of an element that tells no fact.</summary>
    public static string OfMalformed(ReadOnlySpan<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "malformed");
        hash.AppendData(json);
        return Base64Url.EncodeToString(hash.GetHashAndReset());
    }

    private static void AddState(IncrementalHash hash, HubSpotEvent fact)
    {
        Add(hash, fact.ObjectId);
        Add(hash, fact.PropertyName);
        Add(hash, fact.PropertyValue);
    }

    private static void AddAssociation(IncrementalHash hash, HubSpotAssociation link)
    {
        Add(hash, link.FromObjectId);
        Add(hash, link.FromObjectType);
        Add(hash, link.ToObjectId);
        Add(hash, link.ToObjectType);
        Add(hash, link.Label);
        Add(hash, link.IsPrimary ? 1 : 0);
        Add(hash, link.IsRemoved ? 1 : 0);
    }

    // objectId may be missing beside primaryObjectId, and is the same record.
    private static void AddMerge(IncrementalHash hash, HubSpotMerge merge, long? objectId)
    {
        Add(hash, merge.PrimaryObjectId ?? objectId);
        Add(hash, merge.NewObjectId);
        foreach (var id in merge.MergedObjectIds.Order())
            Add(hash, id);
    }

    // Nobody knows which members tell two facts of this kind apart, so all but those of the delivery count, in any order.
    private static void AddMembers(IncrementalHash hash, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            if (_tellNothing.Contains(member.Name))
                continue;
            Add(hash, member.Name);
            Add(hash, member.Value.GetRawText());
        }
    }

    // The lengths keep "a" and "bc" from hashing like "ab" and "c"; null differs from empty text.
    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
        Add(hash, bytes?.Length ?? -1L);
        if (bytes is not null)
            hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long? number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + 1];
        bytes[0] = number is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number ?? 0);
        hash.AppendData(bytes);
    }
}
