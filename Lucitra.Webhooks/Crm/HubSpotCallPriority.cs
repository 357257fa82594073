namespace Lucitra.Webhooks.Crm;

/// <summary>Who goes first where calls have to wait for HubSpot's limits.</summary>
public enum HubSpotCallPriority
{
    /// <summary>Reading what an event of the moment is about.</summary>
    Live,

    /// <summary>Writing to HubSpot what was changed here.</summary>
    WriteBack,

    /// <summary>Reading whole accounts: may wait, and never takes all there is.</summary>
    Backfill,
}
