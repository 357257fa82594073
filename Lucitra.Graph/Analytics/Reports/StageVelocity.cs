namespace Lucitra.Graph.Analytics.Reports;

/// <summary>How long deals stayed in one stage before they left it in the range.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline in which the deals are now; null for deals without one.</param>
/// <param name="StageId">HubSpot's id of the stage.</param>
/// <param name="StageLabel">The name people see; null when the stage is not known here.</param>
/// <param name="Left">How often a deal left the stage in the range.</param>
/// <param name="AverageDays">The average of the days in the stage.</param>
/// <param name="MedianDays">The median of the days in the stage.</param>
/// <param name="P90Days">The days after which nine of ten had left.</param>
internal sealed record StageVelocityRow(string? PipelineId, string StageId, string? StageLabel, int Left, double AverageDays, double MedianDays, double P90Days);

internal sealed class StageVelocity : Report<StageVelocityRow>
{
    public override ReportName Name => ReportName.StageVelocity;

    protected override async Task<IReadOnlyList<StageVelocityRow>> ReadAsync(ReportRun run)
    {
        var start = run.Range.Beginning(run.Range.From);
        var end = run.Range.Beginning(run.Range.To.AddDays(1));
        var stays = new Dictionary<(string PipelineId, string StageId), List<double>>();
        var (deal, entered) = (Guid.Empty, default(DateTime));
        await foreach (var move in StageHistory.MovesAsync(run, run.Moment < end ? run.Moment.Value : end).WithCancellation(run.CancellationToken))
        {
            // A deal came into its first stage when it was created.
            if (move.DealId != deal)
                (deal, entered) = (move.DealId, move.CreatedAt);
            if (move.Old is { } left && move.At >= start && move.At >= entered)
            {
                if (!stays.TryGetValue((move.PipelineId, left), out var days))
                    stays[(move.PipelineId, left)] = days = [];
                days.Add((move.At - entered).TotalDays);
            }

            entered = move.At;
        }

        return
        [
            .. from stay in stays
               orderby run.Stages.PlaceOf(stay.Key.PipelineId, stay.Key.StageId)
               let days = stay.Value.Order().ToList()
               select new StageVelocityRow(
                   Text(stay.Key.PipelineId), stay.Key.StageId, run.Stages.Stage(stay.Key.PipelineId, stay.Key.StageId)?.Label,
                   days.Count, days.Average(), Percentile.Of(0.5, days), Percentile.Of(0.9, days)),
        ];
    }
}
