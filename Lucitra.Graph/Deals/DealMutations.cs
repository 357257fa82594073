using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Deals;

/// <summary>Writes to deals.</summary>
internal sealed class DealMutations(RecordCommands commands, RecordJournal journal, TimeProvider clock)
{
    private const string DefaultPipeline = "default";

    private readonly RecordWrite<Deal> _write = new(commands, journal, clock, DealProperties.Columns);

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<CreateDealInput, Deal>(
            "createDeal", "Creates a deal.",
            [typeof(EntityNotFoundError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            CreateAsync);
        mutation.Mutation<UpdateDealInput, Deal>(
            "updateDeal", "Changes a deal.",
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            (context, input) => _write.UpdateAsync(
                context, input.Id, input.Values(), (db, deal) => CheckAsync(db, deal, input.PipelineId, input.StageId)));
        mutation.Mutation<ArchiveDealInput, Deal>(
            "archiveDeal", "Archives a deal: lists leave it out, and its history stays. Archiving it twice changes nothing more.",
            [typeof(EntityNotFoundError)],
            (context, input) => _write.ArchiveAsync(context, input.Id));
    }

    private static async Task<UserError?> CheckAsync(LucitraDbContext db, Deal deal, Optional<string> pipelineId, Optional<string> stageId)
    {
        if (deal.Name is null)
            return new ValidationFailedError([new FieldIssue("name", "must not be empty")]);
        if (pipelineId.IsGiven || stageId.IsGiven)
        {
            var stages = await db.DealStages.AsNoTracking().Where(stage => stage.PipelineId == deal.PipelineId).Select(stage => stage.HubSpotId).ToListAsync();
            if (stages.Count == 0)
                return new PipelineNotFoundError(deal.PipelineId ?? pipelineId.Value);
            if (deal.StageId is null || !stages.Contains(deal.StageId))
                return new DealStageNotInPipelineError(deal.PipelineId!, deal.StageId ?? stageId.Value);
        }

        await DealOutcome.SettleAsync(db, [deal], CancellationToken.None);
        return null;
    }

    private async Task<Outcome<Deal>> CreateAsync(IResolveFieldContext context, CreateDealInput input)
    {
        var values = input.Values().ToList();
        var pipelineId = input.PipelineId.Value;
        if (string.IsNullOrEmpty(pipelineId))
            values.Add(new PropertyInput("pipelineId", DealProperties.Pipeline, pipelineId = DefaultPipeline));
        if (string.IsNullOrEmpty(input.StageId.Value))
            values.Add(new PropertyInput("stageId", DealProperties.Stage, await FirstStageAsync(pipelineId, context.CancellationToken)));

        return await _write.CreateAsync(context, values, async (db, deal) =>
        {
            if (input.ContactId.Value is { } contactId)
            {
                if (await db.Contacts.FirstOrDefaultAsync(contact => contact.Id == contactId, context.CancellationToken) is not { } contact)
                    return new EntityNotFoundError(nameof(Contacts.Contact));
                deal.Contacts.Add(contact);
            }

            return await CheckAsync(db, deal, new(IsGiven: true, pipelineId), input.StageId);
        });
    }

    private Task<string?> FirstStageAsync(string pipelineId, CancellationToken cancellationToken) =>
        commands.ReadAsync(db => db.DealStages
            .Where(stage => stage.PipelineId == pipelineId)
            .OrderBy(stage => stage.DisplayOrder)
            .Select(stage => stage.HubSpotId)
            .FirstOrDefaultAsync(cancellationToken), cancellationToken);
}
