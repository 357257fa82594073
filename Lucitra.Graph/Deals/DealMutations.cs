using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Writes to deals.</summary>
internal sealed class DealMutations(RecordCommands commands, RecordJournal journal, Outbox outbox, TimeProvider clock)
{
    private readonly RecordWrite<Deal> _write = new(commands, journal, outbox, clock, DealProperties.Columns);

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<CreateDealInput, Deal>(
            "createDeal", "Creates a deal.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            (context, input) => _write.CreateAsync(context, input, (db, deal) => CreateAsync(db, deal, input)),
            batch: "createDeals");
        mutation.Mutation<UpdateDealInput, Deal>(
            "updateDeal", "Changes a deal.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(VersionConflictError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            (context, input) => _write.UpdateAsync(context, input, input.Id, input.Version, (db, deal) => DealRules.SetAsync(db, deal, input.Values())),
            batch: "updateDeals");
        mutation.Mutation<UpsertDealInput, Deal>(
            "upsertDeal", "Changes the deal that has the HubSpot id, or creates one.", Scopes.DealsWrite,
            [typeof(EntityArchivedError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            UpsertAsync,
            batch: "upsertDeals");
        mutation.Mutation<MoveDealToStageInput, Deal>(
            "moveDealToStage", "Moves a deal to a stage. A deal that enters a closed stage gets the present as its close date, as in HubSpot.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(VersionConflictError), typeof(PipelineNotFoundError), typeof(DealStageNotInPipelineError), typeof(ValidationFailedError)],
            (context, input) => _write.UpdateAsync(context, input, input.Id, input.Version, (db, deal) => MoveAsync(db, deal, input)));
        mutation.Mutation<LinkContactToDealInput, Deal>(
            "linkContactToDeal", "Gives a contact a part in a deal. Linking them twice changes nothing more.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError)],
            (context, input) => _write.UpdateAsync(context, input, input.DealId, default, (db, deal) => DealLinks.LinkAsync(db, deal, input.ContactId)));
        mutation.Mutation<UnlinkContactFromDealInput, Deal>(
            "unlinkContactFromDeal", "Takes a contact's part in a deal away. Unlinking what is not linked changes nothing.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError)],
            (context, input) => _write.UpdateAsync(context, input, input.DealId, default, (db, deal) => DealLinks.UnlinkAsync(db, deal, input.ContactId)));
        mutation.Mutation<ArchiveDealInput, Deal>(
            "archiveDeal", "Archives a deal: lists leave it out, and its history stays. Archiving it twice changes nothing more.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(VersionConflictError)],
            (context, input) => _write.ArchiveAsync(context, input, input.Id, input.Version),
            batch: "archiveDeals");
        mutation.Mutation<RestoreDealInput, Deal>(
            "restoreDeal", "Brings an archived deal back. Restoring a live one changes nothing.", Scopes.DealsWrite,
            [typeof(EntityNotFoundError), typeof(VersionConflictError)],
            (context, input) => _write.RestoreAsync(context, input, input.Id, input.Version, (_, _) => Task.FromResult<UserError?>(null)),
            batch: "restoreDeals");
    }

    private static async Task<UserError?> CreateAsync(LucitraDbContext db, OpenRecord<Deal> deal, CreateDealInput input)
    {
        if (await DealRules.SetNewAsync(db, deal, input.Values()) is { } broken)
            return broken;
        return input.ContactId.Value is { } contactId ? await DealLinks.LinkAsync(db, deal, contactId) : null;
    }

    private async Task<UserError?> MoveAsync(LucitraDbContext db, OpenRecord<Deal> deal, MoveDealToStageInput input)
    {
        var wasClosed = deal.Record.IsClosed;
        var broken = await DealRules.SetAsync(db, deal,
        [
            .. PropertyInputs.Given("pipelineId", DealProperties.Pipeline, input.PipelineId),
            new PropertyInput("stageId", DealProperties.Stage, input.StageId),
        ]);
        if (broken is null && deal.Record.IsClosed && !wasClosed)
            deal.Set(new PropertyInput("closeDate", DealProperties.CloseDate, PropertyText.FromToMillisecond(clock.UtcNow())));
        return broken;
    }

    private Task<Outcome<Deal>> UpsertAsync(IResolveFieldContext context, UpsertDealInput input)
    {
        var isKnown = false;
        return _write.UpsertAsync(
            context, input,
            async db =>
            {
                var found = await DealLinks.FindAsync(db, input.PortalId, input.HubSpotId, context.CancellationToken);
                isKnown = found is not null;
                return found;
            },
            async (db, deal) => (isKnown, deal.Record.ArchivedAt) switch
            {
                (true, not null) => new EntityArchivedError(nameof(Deal)),
                (true, null) => await DealRules.SetAsync(db, deal, input.Values()),
                _ => DealLinks.Identify(db, deal.Record, input.PortalId, input.HubSpotId) ?? await DealRules.SetNewAsync(db, deal, input.Values()),
            });
    }
}
