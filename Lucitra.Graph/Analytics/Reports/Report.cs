using System.Reflection;
using System.Text.Json;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>A report, where the type of its rows is not known at compile time.</summary>
internal interface IReport
{
    ReportName Name { get; }

    /// <summary>The columns of its rows.</summary>
    IReadOnlyList<ReportColumn> Columns { get; }

    /// <summary>All rows, in the report's own order.</summary>
    Task<IReadOnlyList<object>> RowsAsync(ReportRun run);

    /// <summary>Adds the field that answers with its rows, typed.</summary>
    void AddTo(ReportFields fields);
}

/// <summary>A report with rows of one type: a record of scalars, whose XML documentation describes the columns.</summary>
internal abstract class Report<TRow> : IReport
    where TRow : class
{
    public abstract ReportName Name { get; }

    public IReadOnlyList<ReportColumn> Columns { get; } =
        [.. typeof(TRow).GetProperties().Select(property => new ReportColumn(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property))];

    public async Task<IReadOnlyList<object>> RowsAsync(ReportRun run) => await ReadAsync(run);

    public void AddTo(ReportFields fields) => fields.Add<TRow>(this);

    /// <summary>All rows, in the report's own order.</summary>
    protected abstract Task<IReadOnlyList<TRow>> ReadAsync(ReportRun run);

    protected static string? Text(string key) => key.Length == 0 ? null : key;
}

/// <summary>A column of a report.</summary>
internal sealed record ReportColumn(string Name, PropertyInfo Property)
{
    public string? Description => Documentation.Of(Property);

    public object? Of(object row) => Property.GetValue(row);
}
