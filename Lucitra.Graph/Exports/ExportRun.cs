using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Storage;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Exports;

/// <summary>Makes the file of one export, and tells how far it is. Rows are read as they are written, so memory stays flat.</summary>
internal sealed class ExportRun(
    IDbContextFactory<LucitraDbContext> contexts, IFileStore store, ReportReader reports, IOptions<ExportOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _tellEvery = TimeSpan.FromSeconds(1);

    /// <summary>Makes the file. Throws <see cref="LeaseLostException"/> when another server has begun it anew.</summary>
    public async Task RunAsync(Export export, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var table = await TableAsync(db, export, cancellationToken);
        var (rows, bytes, told) = (0L, 0L, clock.GetTimestamp());
        await TellAsync(export, set => set.SetProperty(row => row.TotalRows, table.TotalRows), cancellationToken);

        await store.WriteAsync(export.FileName, ExportWriters.ContentTypeOf(export.Format), WriteAsync, cancellationToken);
        await TellAsync(
            export,
            set => set
                .SetProperty(row => row.Status, ExportStatus.Completed)
                .SetProperty(row => row.Rows, rows)
                .SetProperty(row => row.Bytes, bytes)
                .SetProperty(row => row.FinishedAt, clock.UtcNow())
                .SetProperty(row => row.ExpiresAt, clock.UtcNow() + options.Value.Retention),
            cancellationToken);

        async Task WriteAsync(Stream file, CancellationToken token)
        {
            var counted = new CountedStream(file);
            await using (var writer = await ExportWriters.OpenAsync(export.Format, table.Columns, counted, token))
            {
                await foreach (var row in table.Rows.WithCancellation(token))
                {
                    await writer.WriteAsync(row, token);
                    rows++;
                    if (clock.GetElapsedTime(told) < _tellEvery)
                        continue;
                    told = clock.GetTimestamp();
                    await TellAsync(export, set => set.SetProperty(one => one.Rows, rows), token);
                }

                await writer.CompleteAsync(token);
            }

            bytes = counted.Position;
        }
    }

    private async Task<ExportTable> TableAsync(LucitraDbContext db, Export export, CancellationToken cancellationToken)
    {
        switch (export.Kind)
        {
            case ExportKind.Contacts:
                return await RecordTables.ContactsAsync(db, export.Parameters, cancellationToken);
            case ExportKind.Deals:
                return await RecordTables.DealsAsync(db, export.Parameters, cancellationToken);
            default:
                var report = reports.Named(export.Report!.Value);
                var (_, rows) = await reports.RowsAsync(report, export.Parameters.OfReport(), [], cancellationToken);
                var columns = report.Columns.Select(column => new ExportColumn(column.Name, Scalars.Underlying(column.Property.PropertyType)));
                return new ExportTable([.. columns], rows.Count, rows.Select(row => report.Columns.Select(column => column.Of(row)).ToArray()).ToAsyncEnumerable());
        }
    }

    // Only while this server holds the export: each attempt has a number, which another server's has grown beyond.
    private async Task TellAsync(Export export, Action<UpdateSettersBuilder<Export>> change, CancellationToken cancellationToken)
    {
        var until = clock.UtcNow() + options.Value.Lease;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var held = await db.Exports
            .Where(row => row.Id == export.Id && row.Attempts == export.Attempts && row.Status == ExportStatus.Running)
            .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(row => row.LeaseUntil, until);
                    change(set);
                },
                cancellationToken);
        await write.CommitAsync(cancellationToken);
        if (held == 0)
            throw new LeaseLostException();
    }
}

/// <summary>Another server has begun the export anew, because this one gave no sign of life.</summary>
internal sealed class LeaseLostException() : Exception("Another server works on the export.");
