using System.Globalization;
using System.Text;
using CsvHelper;
using Lucitra.Graph.Analytics.Reports;

namespace Lucitra.Graph.Exports;

/// <summary>
/// Comma-separated values as RFC 4180 has them. Text that a spreadsheet would run as a formula gets an apostrophe before it;
/// numbers stay numbers.
/// </summary>
internal sealed class CsvExport : IExportWriter
{
    private const int BufferBytes = 1 << 16;

    private readonly CsvWriter _csv;

    private CsvExport(CsvWriter csv) => _csv = csv;

    public static CsvExport Open(IReadOnlyList<ExportColumn> columns, Stream stream)
    {
        var csv = new CsvWriter(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferBytes, leaveOpen: true), CultureInfo.InvariantCulture);
        foreach (var column in columns)
            csv.WriteField(column.Name);
        csv.NextRecord();
        return new CsvExport(csv);
    }

    /// <summary>The text as a spreadsheet takes it for text.</summary>
    public static string? Guard(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? $"'{text}" : text;

    public Task WriteAsync(object?[] row, CancellationToken cancellationToken)
    {
        foreach (var value in row)
            _csv.WriteField(value is string text ? Guard(text) : ReportReader.Text(value));
        return _csv.NextRecordAsync();
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => _csv.FlushAsync();

    public ValueTask DisposeAsync() => _csv.DisposeAsync();
}
