using Lucitra.Graph.Contacts;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Deals;

/// <summary>A possible sale, as HubSpot's deals are. Values are as current as the last webhook that was applied.</summary>
internal sealed class Deal : CrmRecord
{
    /// <summary>The name of the deal.</summary>
    public string? Name { get; set; }

    /// <summary>The amount in the deal's currency, exact; null when there is none or HubSpot's text is no number (see `properties`).</summary>
    public decimal? Amount { get; set; }

    /// <summary>The currency of the amount as an ISO 4217 code; null means the currency of the account.</summary>
    public string? Currency { get; set; }

    /// <summary>HubSpot's id of the pipeline; set even when the pipeline itself is not known here.</summary>
    public string? PipelineId { get; set; }

    /// <summary>HubSpot's id of the stage, unique within its pipeline; set even when the stage itself is not known here.</summary>
    public string? StageId { get; set; }

    /// <summary>When the deal is expected to close, or closed. HubSpot lets people pick a day in their own time zone and stores the instant.</summary>
    public DateTime? CloseDate { get; set; }

    /// <summary>HubSpot's id of the owner (not of the user).</summary>
    public string? OwnerId { get; set; }

    /// <summary>The deal into which HubSpot merged this one; null unless it was merged away. A merged deal is archived and stays as it was.</summary>
    public Deal? MergedInto { get; set; }

    /// <summary>The owner; null when there is none or it is not known here by name.</summary>
    public Owner? Owner { get; set; }

    /// <summary>Whether the deal's stage is a closed one, won or lost.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether the deal's stage is closed and won.</summary>
    public bool IsWon { get; set; }

    /// <summary>The pipeline; null when the deal has none or it is not known here.</summary>
    public Pipeline? Pipeline { get; set; }

    /// <summary>The stage; null when the deal has none or it is not known in the deal's pipeline.</summary>
    public DealStage? Stage { get; set; }

    /// <summary>The contacts that have a part in this deal.</summary>
    public List<Contact> Contacts { get; set; } = [];
}
