using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>One run of a report: what it is asked about, and what it reads from.</summary>
internal sealed class ReportRun(LucitraDbContext db, ReportParameters parameters, DateTime now, StageBook stages, CancellationToken cancellationToken)
{
    public LucitraDbContext Db => db;

    public ReportParameters Parameters => parameters;

    public StageBook Stages => stages;

    public CancellationToken CancellationToken => cancellationToken;

    public CalendarRange Range { get; } = parameters.RangeAt(now);

    /// <summary>The moment as which records are taken; null for the present.</summary>
    public DateTime? Moment => parameters.AsOf is { } day ? Range.Beginning(day.AddDays(1)) : null;

    public RollupQuery Query(bool byOwner = false) => new(parameters.OwnerId, parameters.PipelineId, byOwner);

    /// <summary>Answers from rollups, or for a past moment from the records as they stood.</summary>
    public Task<RollupAnswer> AnswerAsync(RollupQuery query) =>
        Moment is { } moment ? new PastRecords(db, moment, cancellationToken).AnswerAsync(query, stages) : query.ReadAsync(db, cancellationToken);

    /// <summary>Asks for a figure in each span of the range, under the span's place.</summary>
    public void AskSpans(RollupQuery query, RollupFigure figure)
    {
        foreach (var (span, place) in Range.Spans().Select((span, place) => (span, place)))
            query.Ask(figure, place, Range.QuarterOf(span.First), Range.QuarterOf(span.After));
    }
}
