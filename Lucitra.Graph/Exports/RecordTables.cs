using System.Runtime.CompilerServices;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Exports;

/// <summary>Contacts and deals as tables, read a page at a time in the order of their ids.</summary>
internal static class RecordTables
{
    private const int RowsPerRead = 5_000;

    private static readonly NodeIds _contactIds = NodeIds.For(nameof(Contact), typeof(Guid));
    private static readonly NodeIds _dealIds = NodeIds.For(nameof(Deal), typeof(Guid));

    private static readonly ExportColumn[] _contactColumns =
    [
        new("id", typeof(string)), new("hubSpotId", typeof(string)), new("email", typeof(string)), new("firstName", typeof(string)), new("lastName", typeof(string)),
        new("phone", typeof(string)), new("company", typeof(string)), new("jobTitle", typeof(string)), new("lifecycleStage", typeof(string)), new("leadStatus", typeof(string)),
        new("ownerId", typeof(string)), new("createdAt", typeof(DateTime)), new("updatedAt", typeof(DateTime)), new("archivedAt", typeof(DateTime)), new("version", typeof(int)),
    ];

    private static readonly ExportColumn[] _dealColumns =
    [
        new("id", typeof(string)), new("hubSpotId", typeof(string)), new("name", typeof(string)), new("amount", typeof(decimal)), new("currency", typeof(string)),
        new("pipelineId", typeof(string)), new("stageId", typeof(string)), new("closeDate", typeof(DateTime)), new("ownerId", typeof(string)), new("isClosed", typeof(bool)),
        new("isWon", typeof(bool)), new("createdAt", typeof(DateTime)), new("updatedAt", typeof(DateTime)), new("archivedAt", typeof(DateTime)), new("version", typeof(int)),
    ];

    public static async Task<ExportTable> ContactsAsync(LucitraDbContext db, ExportParameters parameters, CancellationToken cancellationToken)
    {
        var chosen = Chosen(db.Contacts, parameters);
        var rows = Rows(chosen, page => page.Select(c => new object?[]
        {
            c.Id, c.HubSpotId, c.Email, c.FirstName, c.LastName, c.Phone, c.Company, c.JobTitle, c.LifecycleStage, c.LeadStatus,
            c.OwnerId, c.CreatedAt, c.UpdatedAt, c.ArchivedAt, c.Version,
        }), Finish, cancellationToken);
        return new ExportTable(_contactColumns, await chosen.LongCountAsync(cancellationToken), rows);

        object?[] Finish(object?[] row)
        {
            row[0] = _contactIds.Encode(row[0]!);
            if (parameters.IsMasked)
                (row[2], row[5]) = (row[2] is null ? null : Masking.Text, row[5] is null ? null : Masking.Text);
            return row;
        }
    }

    public static async Task<ExportTable> DealsAsync(LucitraDbContext db, ExportParameters parameters, CancellationToken cancellationToken)
    {
        var chosen = Chosen(db.Deals, parameters);
        var rows = Rows(chosen, page => page.Select(d => new object?[]
        {
            d.Id, d.HubSpotId, d.Name, d.Amount, d.Currency, d.PipelineId, d.StageId, d.CloseDate, d.OwnerId, d.IsClosed,
            d.IsWon, d.CreatedAt, d.UpdatedAt, d.ArchivedAt, d.Version,
        }), row =>
        {
            row[0] = _dealIds.Encode(row[0]!);
            return row;
        }, cancellationToken);
        return new ExportTable(_dealColumns, await chosen.LongCountAsync(cancellationToken), rows);
    }

    private static IQueryable<T> Chosen<T>(IQueryable<T> records, ExportParameters parameters)
        where T : CrmRecord
    {
        var chosen = records.AsNoTracking();
        if (!parameters.IncludeArchived)
            chosen = chosen.Where(record => record.ArchivedAt == null);
        if (parameters.ChangedSince is { } since)
            chosen = chosen.Where(record => record.UpdatedAt >= since);
        return chosen;
    }

    private static async IAsyncEnumerable<object?[]> Rows<T>(
        IQueryable<T> chosen, Func<IQueryable<T>, IQueryable<object?[]>> select, Func<object?[], object?[]> finish, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : CrmRecord
    {
        var last = Guid.Empty;
        while (true)
        {
            var page = await select(chosen.Where(record => record.Id > last).OrderBy(record => record.Id).Take(RowsPerRead)).ToListAsync(cancellationToken);
            if (page.Count == 0)
                yield break;
            last = (Guid)page[^1][0]!;
            foreach (var row in page)
                yield return finish(row);
        }
    }
}
