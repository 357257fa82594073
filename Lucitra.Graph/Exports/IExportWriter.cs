namespace Lucitra.Graph.Exports;

/// <summary>Writes a table in one format, row by row.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    Task WriteAsync(object?[] row, CancellationToken cancellationToken);

    /// <summary>Writes what is left, and the end.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>The formats.</summary>
internal static class ExportWriters
{
    public static string ContentTypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Ndjson => "application/x-ndjson",
        _ => "application/vnd.apache.parquet",
    };

    public static async Task<IExportWriter> OpenAsync(ExportFormat format, IReadOnlyList<ExportColumn> columns, Stream stream, CancellationToken cancellationToken) => format switch
    {
        ExportFormat.Csv => CsvExport.Open(columns, stream),
        ExportFormat.Ndjson => new NdjsonExport(columns, stream),
        _ => await ParquetExport.OpenAsync(columns, stream, cancellationToken),
    };
}
