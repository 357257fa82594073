namespace Lucitra.Graph.Analytics.Reports;

/// <summary>The reports that there are.</summary>
internal enum ReportName
{
    /// <summary>How far the deals created in the range came, stage by stage.</summary>
    Funnel,

    /// <summary>What was won and lost in each month (or other span), by currency.</summary>
    RevenueByMonth,

    /// <summary>The deals that are open, by stage and currency, with what they may bring in.</summary>
    PipelineByStage,

    /// <summary>How long it took from creation to close, for the deals won in each month (or other span).</summary>
    SalesCycle,

    /// <summary>What each owner won and lost in the range, by currency.</summary>
    OwnerLeaderboard,

    /// <summary>At which lifecycle stage the contacts of each month (or other span) are.</summary>
    LifecycleCohorts,

    /// <summary>How long deals stayed in each stage that they left in the range, by the history of their stages.</summary>
    StageVelocity,

    /// <summary>Where contacts came from, and how many of them became customers.</summary>
    ContactSources,
}
