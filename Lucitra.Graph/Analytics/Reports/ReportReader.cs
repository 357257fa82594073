using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>Runs reports, and gives their rows as text.</summary>
internal sealed class ReportReader(IEnumerable<IReport> reports, IDbContextFactory<LucitraDbContext> contexts, SharedReads shared, TimeProvider clock)
{
    private readonly Dictionary<ReportName, IReport> _reports = reports.ToDictionary(report => report.Name);

    public IEnumerable<IReport> All => _reports.Values.OrderBy(report => report.Name);

    public IReport Named(ReportName name) => _reports[name];

    /// <summary>All rows of a report in an order, as they are at one moment.</summary>
    public async Task<(DateTime At, IReadOnlyList<object> Rows)> RowsAsync(
        IReport report, ReportParameters parameters, IReadOnlyList<ReportOrder> order, CancellationToken cancellationToken)
    {
        var (at, rows) = await shared.ReadAsync(new Question(report, parameters), () => RowsAloneAsync(report, parameters, cancellationToken), cancellationToken);
        return (at, ReportOrder.Sort(rows, order));
    }

    public static IReadOnlyList<ReportTableColumn> ColumnsOf(IReport report) =>
        [.. report.Columns.Select(column => new ReportTableColumn(column.Name, Scalars.NameOf(column.Property.PropertyType), column.Description))];

    private async Task<(DateTime At, IReadOnlyList<object> Rows)> RowsAloneAsync(IReport report, ReportParameters parameters, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var run = new ReportRun(db, parameters, now, await StageBook.LoadAsync(db, cancellationToken), cancellationToken);
        return (now, await report.RowsAsync(run));
    }

    /// <summary>A value as text, the same in every language.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
