using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Sync;

/// <summary>A live record in the form in which both sides are compared: values that are equal are the same text.</summary>
/// <param name="Id">HubSpot's id.</param>
/// <param name="Values">Canonical text of the properties that have a value, ordered by name.</param>
/// <param name="Links">HubSpot's ids of the linked live records, in order.</param>
internal sealed record ComparedRecord(long Id, SortedDictionary<string, string> Values, IReadOnlyList<long> Links)
{
    /// <summary>What <see cref="Differences"/> calls the links.</summary>
    public const string LinksName = "links";

    public byte[] Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Id);
        foreach (var (name, value) in Values)
        {
            Append(hash, name);
            Append(hash, value);
        }

        Append(hash, -1);
        foreach (var link in Links)
            Append(hash, link);
        return hash.GetHashAndReset();
    }

    /// <summary>Names of the properties that differ, and <see cref="LinksName"/>; never values.</summary>
    public IReadOnlyList<string> Differences(ComparedRecord other)
    {
        var names = Values.Keys.Union(other.Values.Keys)
            .Where(name => Values.GetValueOrDefault(name) != other.Values.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal);
        return [.. names, .. Links.SequenceEqual(other.Links) ? Array.Empty<string>() : [LinksName]];
    }

    /// <summary>The one text of all that are the same value: an instant as milliseconds, a number without needless zeros.</summary>
    public static string Canonical(string text, PropertyType type)
    {
        if (type == PropertyType.Number && PropertyText.ToDecimal(text) is { } number)
            return PropertyText.From(number);
        return PropertyText.IsWrittenOut(text) && PropertyText.ToInstant(text) is { } instant ? Milliseconds(instant) : text;
    }

    private static string Milliseconds(DateTime instant) => instant.Ticks % TimeSpan.TicksPerMillisecond == 0
        ? new DateTimeOffset(instant, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)
        : PropertyText.From(instant);

    // With its length before it, so that no two records run into the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
