using System.Text.Json;
using Lucitra.Graph.Analytics.Reports;

namespace Lucitra.Graph.Exports;

/// <summary>A JSON object on each line.</summary>
internal sealed class NdjsonExport(IReadOnlyList<ExportColumn> columns, Stream stream) : IExportWriter
{
    private const int FlushBytes = 1 << 16;

    private static readonly byte[] _newLine = "\n"u8.ToArray();
    private static readonly JsonWriterOptions _options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MemoryStream _buffer = new(2 * FlushBytes);

    public async Task WriteAsync(object?[] row, CancellationToken cancellationToken)
    {
        await using (var json = new Utf8JsonWriter(_buffer, _options))
        {
            json.WriteStartObject();
            for (var i = 0; i < row.Length; i++)
                Write(json, columns[i].Name, row[i]);
            json.WriteEndObject();
        }

        _buffer.Write(_newLine);
        if (_buffer.Length >= FlushBytes)
            await FlushAsync(cancellationToken);
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _buffer.DisposeAsync();

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, number);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, ReportReader.Text(value));
                break;
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), cancellationToken);
        _buffer.SetLength(0);
    }
}
