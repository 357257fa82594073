using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>A report to keep.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Report">Which report.</param>
/// <param name="LastDays">The last so many days up to the present one, in place of `from`.</param>
/// <param name="From">The first day of the range.</param>
/// <param name="To">The last day of the range.</param>
/// <param name="TimeZone">The IANA name of the time zone.</param>
/// <param name="Bucket">The spans of the calendar.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="AsOf">The day at whose end records are taken as they stood.</param>
internal sealed record CreateSavedReportInput(
    string Name, ReportName Report, Optional<int?> LastDays, Optional<DateOnly?> From, Optional<DateOnly?> To, Optional<string> TimeZone,
    Optional<DateBucket?> Bucket, Optional<string> PipelineId, Optional<string> OwnerId, Optional<DateOnly?> AsOf) : MutationInput;

/// <summary>What to change in a saved report: a field left out stays as it is, null clears it.</summary>
/// <param name="Id">The saved report.</param>
/// <param name="Name">What people call it.</param>
/// <param name="LastDays">The last so many days up to the present one, in place of `from`.</param>
/// <param name="From">The first day of the range.</param>
/// <param name="To">The last day of the range.</param>
/// <param name="TimeZone">The IANA name of the time zone.</param>
/// <param name="Bucket">The spans of the calendar.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="AsOf">The day at whose end records are taken as they stood.</param>
/// <param name="Version">The version the saved report must be at; left out: any.</param>
internal sealed record UpdateSavedReportInput(
    [GlobalId(nameof(SavedReport))] Guid Id, Optional<string> Name, Optional<int?> LastDays, Optional<DateOnly?> From, Optional<DateOnly?> To,
    Optional<string> TimeZone, Optional<DateBucket?> Bucket, Optional<string> PipelineId, Optional<string> OwnerId, Optional<DateOnly?> AsOf,
    Optional<int?> Version) : MutationInput;

/// <summary>Which saved report to delete.</summary>
/// <param name="Id">The saved report.</param>
internal sealed record DeleteSavedReportInput([GlobalId(nameof(SavedReport))] Guid Id) : MutationInput;

/// <summary>Keeps reports under names.</summary>
internal sealed class SavedReportMutations(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock)
{
    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<CreateSavedReportInput, SavedReport>(
            "createSavedReport", "Keeps a report with its parameters under a name.", Scopes.AnalyticsRead, [typeof(ValidationFailedError)], CreateAsync);
        mutation.Mutation<UpdateSavedReportInput, SavedReport>(
            "updateSavedReport", "Changes a saved report.", Scopes.AnalyticsRead,
            [typeof(EntityNotFoundError), typeof(VersionConflictError), typeof(ValidationFailedError)], UpdateAsync);
        mutation.Mutation<DeleteSavedReportInput, SavedReport>(
            "deleteSavedReport", "Deletes a saved report; the payload has it once more.", Scopes.AnalyticsRead, [typeof(EntityNotFoundError)], DeleteAsync);
    }

    private async Task<Outcome<SavedReport>> CreateAsync(IResolveFieldContext context, CreateSavedReportInput input)
    {
        var now = clock.UtcNow();
        var saved = new SavedReport
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = input.Name,
            Report = input.Report,
            LastDays = input.LastDays.Value,
            From = input.From.Value,
            To = input.To.Value,
            TimeZone = input.TimeZone.Value,
            Bucket = input.Bucket.Value,
            PipelineId = input.PipelineId.Value,
            OwnerId = input.OwnerId.Value,
            AsOf = input.AsOf.Value,
            CreatedBy = context.User?.Identity?.Name ?? Caller.Anonymous,
            CreatedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        if (IssuesWith(saved, now).ToList() is { Count: > 0 } issues)
            return new ValidationFailedError(issues);

        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);
        db.Add(saved);
        await db.SaveChangesAsync(context.CancellationToken);
        await write.CommitAsync(context.CancellationToken);
        return saved;
    }

    private async Task<Outcome<SavedReport>> UpdateAsync(IResolveFieldContext context, UpdateSavedReportInput input)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);
        if (await db.SavedReports.FirstOrDefaultAsync(one => one.Id == input.Id, context.CancellationToken) is not { } saved)
            return new EntityNotFoundError(nameof(SavedReport));
        if (input.Version.Value is { } expected && expected != saved.Version)
            return new VersionConflictError(expected, saved.Version);

        saved.Name = input.Name.IsGiven ? input.Name.Value ?? "" : saved.Name;
        saved.LastDays = input.LastDays.IsGiven ? input.LastDays.Value : saved.LastDays;
        saved.From = input.From.IsGiven ? input.From.Value : saved.From;
        saved.To = input.To.IsGiven ? input.To.Value : saved.To;
        saved.TimeZone = input.TimeZone.IsGiven ? input.TimeZone.Value : saved.TimeZone;
        saved.Bucket = input.Bucket.IsGiven ? input.Bucket.Value : saved.Bucket;
        saved.PipelineId = input.PipelineId.IsGiven ? input.PipelineId.Value : saved.PipelineId;
        saved.OwnerId = input.OwnerId.IsGiven ? input.OwnerId.Value : saved.OwnerId;
        saved.AsOf = input.AsOf.IsGiven ? input.AsOf.Value : saved.AsOf;
        var version = saved.Version;
        (saved.Version, saved.UpdatedAt) = (version + 1, clock.UtcNow());
        if (IssuesWith(saved, saved.UpdatedAt).ToList() is { Count: > 0 } issues)
            return new ValidationFailedError(issues);

        try
        {
            await db.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException fault) when (db.FaultOf(fault) == DatabaseFault.Conflict)
        {
            return new VersionConflictError(version, version + 1);
        }

        await write.CommitAsync(context.CancellationToken);
        return saved;
    }

    private async Task<Outcome<SavedReport>> DeleteAsync(IResolveFieldContext context, DeleteSavedReportInput input)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);
        if (await db.SavedReports.AsNoTracking().FirstOrDefaultAsync(one => one.Id == input.Id, context.CancellationToken) is not { } saved)
            return new EntityNotFoundError(nameof(SavedReport));
        await db.SavedReports.Where(one => one.Id == input.Id).ExecuteDeleteAsync(context.CancellationToken);
        await write.CommitAsync(context.CancellationToken);
        return saved;
    }

    private static IEnumerable<FieldIssue> IssuesWith(SavedReport saved, DateTime now)
    {
        if (saved.Name.Length == 0 || !PropertyText.IsStorable(saved.Name, SavedReport.MaxNameLength))
            yield return new FieldIssue("name", $"must be 1 to {SavedReport.MaxNameLength} characters and have no U+0000");
        foreach (var (field, text) in new[] { ("timeZone", saved.TimeZone), ("pipelineId", saved.PipelineId), ("ownerId", saved.OwnerId) })
        {
            if (text is not null && !PropertyText.IsStorable(text, 100))
                yield return new FieldIssue(field, "must be at most 100 characters and have no U+0000");
        }

        if (saved.LastDays is < 1 or > RangeArguments.MaxDays)
            yield return new FieldIssue("lastDays", $"must be from 1 to {RangeArguments.MaxDays}");
        else if (saved.LastDays is not null && saved.From is not null)
            yield return new FieldIssue("lastDays", "cannot be given together with `from`");
        else if (RangeIssue(saved, now) is { } wrong)
            yield return new FieldIssue("from", wrong);
    }

    private static string? RangeIssue(SavedReport saved, DateTime now)
    {
        try
        {
            saved.Parameters(now).RangeAt(now);
            return null;
        }
        catch (CodedError refused)
        {
            return refused.Message;
        }
    }
}
