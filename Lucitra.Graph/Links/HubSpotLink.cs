using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Links;

/// <summary>
/// What HubSpot last told about one link between a deal and a contact, by HubSpot's ids, so that it can be told before
/// either record is known. <c>deal_contacts</c> follows from it.
/// </summary>
internal sealed class HubSpotLink
{
    /// <summary>Longest label: a category of HubSpot's and a number.</summary>
    public const int MaxLabelLength = 100;

    public long PortalId { get; set; }

    public long DealObjectId { get; set; }

    public long ContactObjectId { get; set; }

    /// <summary>Tells several links of one pair apart; empty for the plain one.</summary>
    public required string Label { get; set; }

    public bool IsLinked { get; set; }

    /// <summary>When it came or went, or up to when a read confirmed it, by HubSpot's clock.</summary>
    public DateTime At { get; set; }

    /// <summary>It was written here, and HubSpot has not taken it yet.</summary>
    public bool IsUnsent { get; set; }

    /// <summary>Takes what is written here; never older than what it replaces, even if that came from a clock that runs ahead.</summary>
    public void Write(bool isLinked, DateTime now) =>
        (IsLinked, At, IsUnsent) = (isLinked, now > At ? now : At.AddMilliseconds(1), true);
}

internal sealed class HubSpotLinkConfiguration : IEntityTypeConfiguration<HubSpotLink>
{
    public void Configure(EntityTypeBuilder<HubSpotLink> link)
    {
        link.HasKey(l => new { l.PortalId, l.DealObjectId, l.ContactObjectId, l.Label });
        link.Property(l => l.Label).HasMaxLength(HubSpotLink.MaxLabelLength);
        link.HasIndex(l => new { l.PortalId, l.ContactObjectId });
    }
}
