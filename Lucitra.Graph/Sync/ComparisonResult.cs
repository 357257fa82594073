using Lucitra.Graph.Records;

namespace Lucitra.Graph.Sync;

/// <summary>What comparing the records of one type with HubSpot's found.</summary>
/// <param name="ObjectType">Contacts or deals.</param>
/// <param name="Records">Live records at HubSpot.</param>
/// <param name="Ranges">Ranges of ids that were compared.</param>
/// <param name="EqualRanges">Those of which both sides had the same hash.</param>
/// <param name="Suspects">Records that differed at first and were read again.</param>
/// <param name="Healed">Records that were made equal.</param>
/// <param name="Differences">What still differs.</param>
internal sealed record ComparisonResult(
    string ObjectType, long Records, long Ranges, long EqualRanges, long Suspects, long Healed, IReadOnlyList<RecordDifference> Differences)
{
    public bool IsComplete => Differences.Count == 0;
}

/// <summary>A record that is not here as it is at HubSpot.</summary>
/// <param name="ObjectType">Contact or deal.</param>
/// <param name="Key">HubSpot's id.</param>
/// <param name="Kind">Why.</param>
/// <param name="Names">Of <see cref="DifferenceKind.Content"/>: names of the properties that differ, and <c>links</c>.</param>
internal sealed record RecordDifference(string ObjectType, RecordKey Key, DifferenceKind Kind, IReadOnlyList<string> Names)
{
    public override string ToString()
    {
        var reason = Kind switch
        {
            DifferenceKind.MissingHere => "missing here",
            DifferenceKind.ArchivedHere => "archived here, live at HubSpot",
            DifferenceKind.MergedHere => "merged into another here, live at HubSpot",
            DifferenceKind.ArchivedThere => "live here, archived at HubSpot",
            DifferenceKind.MergedThere => "live here, merged into another at HubSpot",
            DifferenceKind.GoneThere => "live here, gone at HubSpot",
            _ => $"differs in {string.Join(", ", Names)}",
        };
        return $"{ObjectType} {Key.HubSpotId} of portal {Key.PortalId}: {reason}";
    }
}

/// <summary>How a record may differ from HubSpot's.</summary>
internal enum DifferenceKind
{
    /// <summary>Live at HubSpot and not known here.</summary>
    MissingHere,

    /// <summary>Live at HubSpot and archived here.</summary>
    ArchivedHere,

    /// <summary>Live at HubSpot and, here, an id of another record.</summary>
    MergedHere,

    /// <summary>Live here and in HubSpot's recycle bin.</summary>
    ArchivedThere,

    /// <summary>Live here and merged into another at HubSpot.</summary>
    MergedThere,

    /// <summary>Live here and neither live nor archived at HubSpot.</summary>
    GoneThere,

    /// <summary>Live on both sides with other values or links.</summary>
    Content,
}
