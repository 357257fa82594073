using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Deals;

/// <summary>What must hold of a deal that a caller writes. Webhooks are not asked: they tell what HubSpot already let happen.</summary>
internal static class DealRules
{
    private const string DefaultPipeline = "default";

    /// <summary>Sets values of a new deal: without a pipeline it goes into the default one, without a stage into the first.</summary>
    public static async Task<UserError?> SetNewAsync(LucitraDbContext db, OpenRecord<Deal> deal, IReadOnlyList<PropertyInput> values)
    {
        var all = values.ToList();
        if (!Gives(DealProperties.Pipeline))
            all.Add(new PropertyInput("pipelineId", DealProperties.Pipeline, DefaultPipeline));
        if (deal.Set(all) is { } invalid)
            return invalid;

        if (!Gives(DealProperties.Stage))
        {
            var first = await db.DealStages
                .Where(stage => stage.PipelineId == deal.Record.PipelineId)
                .OrderBy(stage => stage.DisplayOrder)
                .Select(stage => stage.HubSpotId)
                .FirstOrDefaultAsync();
            deal.Set(new PropertyInput("stageId", DealProperties.Stage, first));
        }

        return await CheckAsync(db, deal.Record, all);

        bool Gives(string property) => all.Exists(value => value.Property == property && !string.IsNullOrEmpty(value.Text));
    }

    /// <summary>Sets values of a deal that was there before.</summary>
    public static async Task<UserError?> SetAsync(LucitraDbContext db, OpenRecord<Deal> deal, IReadOnlyList<PropertyInput> values) =>
        deal.Set(values) ?? await CheckAsync(db, deal.Record, values);

    private static async Task<UserError?> CheckAsync(LucitraDbContext db, Deal deal, IReadOnlyList<PropertyInput> given)
    {
        if (deal.Name is null)
            return new ValidationFailedError([new FieldIssue("name", "must not be empty")]);
        if (given.Any(value => value.Property is DealProperties.Pipeline or DealProperties.Stage))
        {
            var stages = await db.DealStages.Where(stage => stage.PipelineId == deal.PipelineId).Select(stage => stage.HubSpotId).ToListAsync();
            if (stages.Count == 0)
                return new PipelineNotFoundError(deal.PipelineId ?? Given(DealProperties.Pipeline));
            if (deal.StageId is null || !stages.Contains(deal.StageId))
                return new DealStageNotInPipelineError(deal.PipelineId!, deal.StageId ?? Given(DealProperties.Stage));
        }

        await DealOutcome.SettleAsync(db, [deal], CancellationToken.None);
        return null;

        string? Given(string property) => given.LastOrDefault(value => value.Property == property)?.Text;
    }
}
