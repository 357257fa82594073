namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>The figures of contacts. Archived contacts are not counted; stage, source and owner are the present ones.</summary>
/// <param name="Total">Contacts that were created before the end of the range.</param>
/// <param name="New">Contacts that were created in the range.</param>
/// <param name="Buckets">New contacts by spans of the calendar, in their order, without gaps.</param>
/// <param name="ByLifecycleStage">Contacts by their lifecycle stage, in HubSpot's order, then those of other stages.</param>
/// <param name="BySource">Contacts by where they came from (HubSpot's property `hs_analytics_source`), the most first.</param>
/// <param name="Conversion">How many of the contacts that were created in the range went on from each lifecycle stage to the next.</param>
internal sealed record ContactFigures(
    CountFigure Total,
    CountFigure New,
    IReadOnlyList<ContactBucket> Buckets,
    IReadOnlyList<ContactGroup> ByLifecycleStage,
    IReadOnlyList<ContactGroup> BySource,
    IReadOnlyList<LifecycleConversion> Conversion);

/// <summary>New contacts in a span of the calendar.</summary>
/// <param name="Start">When the span begins.</param>
/// <param name="End">When the span ends; this instant is not in it.</param>
/// <param name="New">Contacts that were created in it; the previous number is that of the span as many days earlier as the range has.</param>
internal sealed record ContactBucket(DateTime Start, DateTime End, CountFigure New);

/// <summary>Contacts that have something in common.</summary>
/// <param name="Value">What they have in common: HubSpot's internal value; null for contacts without one.</param>
/// <param name="Total">Contacts that were created before the end of the range.</param>
/// <param name="New">Contacts that were created in the range.</param>
internal sealed record ContactGroup(string? Value, CountFigure Total, CountFigure New);

/// <summary>The step from one lifecycle stage to the next.</summary>
/// <param name="FromStage">HubSpot's internal value of the stage.</param>
/// <param name="ToStage">HubSpot's internal value of the next stage.</param>
/// <param name="Reached">Contacts created in the range that are at the stage or beyond it.</param>
/// <param name="Converted">Those of them that are at the next stage or beyond it.</param>
/// <param name="Rate">The part of those that reached the stage that went on, from 0 to 1.</param>
internal sealed record LifecycleConversion(string FromStage, string ToStage, CountFigure Reached, CountFigure Converted, MeasureFigure Rate);
