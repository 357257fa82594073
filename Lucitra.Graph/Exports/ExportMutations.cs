using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Exports;

/// <summary>Asks for exports; the worker makes them.</summary>
internal sealed class ExportMutations(IDbContextFactory<LucitraDbContext> contexts, ExportSignal signal, IOptions<ExportOptions> options, TimeProvider clock)
{
    private const string Lock = "lucitra:exports";

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<ExportReportInput, Export>(
            "exportReport", "Exports all rows of a report, in the background.", Scopes.AnalyticsRead,
            [typeof(TooManyExportsError), typeof(EntityNotFoundError), typeof(ValidationFailedError)], ReportAsync);
        mutation.Mutation<ExportContactsInput, Export>(
            "exportContacts",
            "Exports contacts, in the background. E-mail addresses and telephone numbers are `***` for callers without the scope `contacts:read:pii`.",
            Scopes.AnalyticsRead | Scopes.ContactsRead, [typeof(TooManyExportsError)],
            (context, input) => AddAsync(context, New(context, ExportKind.Contacts, input.Format, Of(context, input.IncludeArchived, input.ChangedSince))));
        mutation.Mutation<ExportDealsInput, Export>(
            "exportDeals", "Exports deals, in the background.", Scopes.AnalyticsRead | Scopes.DealsRead, [typeof(TooManyExportsError)],
            (context, input) => AddAsync(context, New(context, ExportKind.Deals, input.Format, Of(context, input.IncludeArchived, input.ChangedSince))));
    }

    private static ExportParameters Of(IResolveFieldContext context, Optional<bool?> includeArchived, Optional<DateTime?> changedSince) => new(
        IncludeArchived: includeArchived.Value ?? false, ChangedSince: changedSince.Value,
        IsMasked: (Caller.ScopesOf(context.User) & Scopes.ContactsReadPersonal) == 0);

    private async Task<Outcome<Export>> ReportAsync(IResolveFieldContext context, ExportReportInput input)
    {
        var (parameters, now) = (input.Parameters(), clock.UtcNow());
        if (input.SavedReportId.Value is { } id)
        {
            await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
            if (await db.SavedReports.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.Report == input.Report, context.CancellationToken) is not { } saved)
                return new EntityNotFoundError(nameof(SavedReport));
            var all = parameters.OfReport().Or(saved.Parameters(now));
            parameters = new ExportParameters(all.Days.From, all.Days.To, all.Days.TimeZone, all.Days.Bucket, all.PipelineId, all.OwnerId, all.AsOf);
        }

        try
        {
            parameters.OfReport().RangeAt(now);
        }
        catch (CodedError refused)
        {
            return new ValidationFailedError([new FieldIssue("from", refused.Message)]);
        }

        var export = New(context, ExportKind.Report, input.Format, parameters);
        export.Report = input.Report;
        return await AddAsync(context, export);
    }

    private Export New(IResolveFieldContext context, ExportKind kind, ExportFormat format, ExportParameters parameters) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        Kind = kind,
        Format = format,
        Status = ExportStatus.Queued,
        Parameters = parameters,
        RequestedBy = context.User?.Identity?.Name ?? Caller.Anonymous,
        Needs = kind switch
        {
            ExportKind.Contacts => Scopes.ContactsRead | (parameters.IsMasked ? Scopes.None : Scopes.ContactsReadPersonal),
            ExportKind.Deals => Scopes.DealsRead,
            _ => Scopes.AnalyticsRead,
        },
        CreatedAt = clock.UtcNow(),
    };

    private async Task<Outcome<Export>> AddAsync(IResolveFieldContext context, Export export)
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);
        await db.LockAsync(Lock, context.CancellationToken);
        var pending = await db.Exports.CountAsync(row => row.Status == ExportStatus.Queued || row.Status == ExportStatus.Running, context.CancellationToken);
        if (pending >= options.Value.MaxPending)
            return new TooManyExportsError(options.Value.MaxPending);

        db.Add(export);
        await db.SaveChangesAsync(context.CancellationToken);
        write.AfterCommit(signal.Pulse);
        await write.CommitAsync(context.CancellationToken);
        return export;
    }
}
