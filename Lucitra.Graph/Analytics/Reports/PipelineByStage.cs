using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>The open deals of one stage and currency.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline; null for deals without one.</param>
/// <param name="PipelineLabel">The name people see; null when the pipeline is not known here.</param>
/// <param name="StageId">HubSpot's id of the stage; null for deals without one.</param>
/// <param name="StageLabel">The name people see; null when the stage is not known here.</param>
/// <param name="Probability">The chance that a deal in this stage is won, from 0 to 1; null when the stage is not known here.</param>
/// <param name="Currency">The ISO 4217 code; null for deals that name none.</param>
/// <param name="Deals">How many deals.</param>
/// <param name="Value">Their amounts.</param>
/// <param name="Weighted">Their amounts times the probability.</param>
internal sealed record PipelineStageRow(
    string? PipelineId, string? PipelineLabel, string? StageId, string? StageLabel, decimal? Probability, string? Currency, int Deals, decimal Value, decimal Weighted);

internal sealed class PipelineByStage : Report<PipelineStageRow>
{
    public override ReportName Name => ReportName.PipelineByStage;

    protected override async Task<IReadOnlyList<PipelineStageRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query();
        query.Ask(RollupFigure.DealsOpen, 0, Quarter.None, Quarter.End);
        var answer = await run.AnswerAsync(query);
        return
        [
            .. from sum in answer.Of(RollupFigure.DealsOpen, 0)
               group sum by (sum.PipelineId, StageId: sum.Key, Currency: sum.Detail) into sums
               let deals = (int)sums.Sum(sum => sum.Count)
               where deals != 0
               let key = sums.Key
               orderby run.Stages.PlaceOf(key.PipelineId, key.StageId), key.Currency
               let stage = run.Stages.Stage(key.PipelineId, key.StageId)
               let value = sums.Sum(sum => sum.Amount)
               select new PipelineStageRow(
                   Text(key.PipelineId), run.Stages.Pipeline(key.PipelineId)?.Label, Text(key.StageId), stage?.Label, stage?.Probability, Text(key.Currency),
                   deals, Amounts.Plain(value), Amounts.Plain(value * (stage?.Probability ?? 0))),
        ];
    }
}
