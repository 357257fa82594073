using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Exports;

/// <summary>Which report to export.</summary>
/// <param name="Report">Which report.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="SavedReportId">A saved report of this kind: its parameters count where none is given here.</param>
/// <param name="From">The first day of the range.</param>
/// <param name="To">The last day of the range.</param>
/// <param name="TimeZone">The IANA name of the time zone.</param>
/// <param name="Bucket">The spans of the calendar.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="AsOf">The day at whose end records are taken as they stood.</param>
internal sealed record ExportReportInput(
    ReportName Report, ExportFormat Format, [GlobalId(nameof(SavedReport))] Optional<Guid?> SavedReportId, Optional<DateOnly?> From, Optional<DateOnly?> To,
    Optional<string> TimeZone, Optional<DateBucket?> Bucket, Optional<string> PipelineId, Optional<string> OwnerId, Optional<DateOnly?> AsOf) : MutationInput
{
    public ExportParameters Parameters() => new(From.Value, To.Value, TimeZone.Value, Bucket.Value, PipelineId.Value, OwnerId.Value, AsOf.Value);
}

/// <summary>Which contacts to export.</summary>
/// <param name="Format">The format of the file.</param>
/// <param name="IncludeArchived">Whether archived contacts are exported too; left out: no.</param>
/// <param name="ChangedSince">Only contacts that changed here at this moment or later; left out: all.</param>
internal sealed record ExportContactsInput(ExportFormat Format, Optional<bool?> IncludeArchived, Optional<DateTime?> ChangedSince) : MutationInput;

/// <summary>Which deals to export.</summary>
/// <param name="Format">The format of the file.</param>
/// <param name="IncludeArchived">Whether archived deals are exported too; left out: no.</param>
/// <param name="ChangedSince">Only deals that changed here at this moment or later; left out: all.</param>
internal sealed record ExportDealsInput(ExportFormat Format, Optional<bool?> IncludeArchived, Optional<DateTime?> ChangedSince) : MutationInput;

/// <summary>So many exports wait or run that no further one is taken.</summary>
/// <param name="Limit">How many may wait or run.</param>
internal sealed record TooManyExportsError(int Limit) : UserError($"{Limit} exports wait or run; ask again when some of them are done.");
