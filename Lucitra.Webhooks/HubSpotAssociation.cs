namespace Lucitra.Webhooks;

/// <summary>
/// The link told by an association event. <paramref name="Label"/> is null for HubSpot's plain and primary links, and
/// <c>category:typeId</c> for others, which only the generic form tells.
/// </summary>
public sealed record HubSpotAssociation(
    long FromObjectId,
    string? FromObjectType,
    long ToObjectId,
    string? ToObjectType,
    string? Label,
    bool IsPrimary,
    bool IsRemoved);
