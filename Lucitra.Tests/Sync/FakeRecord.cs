using System.Globalization;

namespace Lucitra.Tests.Sync;

/// <summary>A record of <see cref="FakePortal"/>.</summary>
internal sealed class FakeRecord(string type, long id)
{
    public string Type => type;

    public long Id => id;

    public Dictionary<string, string?> Properties { get; } = [];

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; set; }

    public DateTime? ArchivedAt { get; set; }

    public long? MergedInto { get; set; }

    public bool IsLive => ArchivedAt is null && MergedInto is null;

    public object ToJson() => new
    {
        id = id.ToString(CultureInfo.InvariantCulture),
        properties = Properties,
        createdAt = CreatedAt,
        updatedAt = UpdatedAt,
        archived = ArchivedAt is not null,
        archivedAt = ArchivedAt,
    };
}
