namespace Lucitra.Graph.Exports;

/// <summary>A column of an exported table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its values: string, bool, int, long, double, decimal, DateTime or DateOnly. Any may be null.</param>
internal sealed record ExportColumn(string Name, Type Type);

/// <summary>A table to export: its columns, how many rows it has, and the rows, read as they are written.</summary>
internal sealed record ExportTable(IReadOnlyList<ExportColumn> Columns, long TotalRows, IAsyncEnumerable<object?[]> Rows);
