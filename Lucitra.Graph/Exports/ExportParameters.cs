using Lucitra.Graph.Analytics;
using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Schema.Aggregates;

namespace Lucitra.Graph.Exports;

/// <summary>What an export was asked for.</summary>
/// <param name="From">Of a report: the first day.</param>
/// <param name="To">Of a report: the last day.</param>
/// <param name="TimeZone">Of a report: whose days they are.</param>
/// <param name="Bucket">Of a report: the spans of the calendar.</param>
/// <param name="PipelineId">Of a report: the pipeline.</param>
/// <param name="OwnerId">Of a report: the owner.</param>
/// <param name="AsOf">Of a report: the day at whose end records are taken as they stood.</param>
/// <param name="IncludeArchived">Whether archived records are exported too.</param>
/// <param name="ChangedSince">Only records that changed here at this moment or later are exported; null for all.</param>
/// <param name="IsMasked">Whether e-mail addresses and telephone numbers are masked, since who asked may not read them.</param>
internal sealed record ExportParameters(
    DateOnly? From = null, DateOnly? To = null, string? TimeZone = null, DateBucket? Bucket = null, string? PipelineId = null, string? OwnerId = null, DateOnly? AsOf = null,
    bool IncludeArchived = false, DateTime? ChangedSince = null, bool IsMasked = false)
{
    public ReportParameters OfReport() => new(new RangeArguments(From, To, TimeZone, Bucket), PipelineId, OwnerId, AsOf);
}
