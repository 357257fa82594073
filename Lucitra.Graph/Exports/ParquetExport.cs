using Lucitra.Graph.Analytics.Reports;
using Parquet;
using Parquet.Schema;

namespace Lucitra.Graph.Exports;

/// <summary>Apache Parquet, with a group of rows in memory at a time. Decimals have 38 digits, six of them after the point.</summary>
internal sealed class ParquetExport : IExportWriter
{
    private const int RowsPerGroup = 20_000;
    private const int Precision = 38;
    private const int Scale = 6;

    private readonly List<(DataField Field, ExportColumn Column)> _fields;
    private readonly List<object?[]> _rows = new(RowsPerGroup);
    private readonly ParquetWriter _writer;
    private bool _isEmpty = true;

    private ParquetExport(ParquetWriter writer, List<(DataField Field, ExportColumn Column)> fields) => (_writer, _fields) = (writer, fields);

    public static async Task<ParquetExport> OpenAsync(IReadOnlyList<ExportColumn> columns, Stream stream, CancellationToken cancellationToken)
    {
        var fields = columns.Select(column => (FieldOf(column), column)).ToList();
        var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields.Select(one => one.Item1)), stream, cancellationToken: cancellationToken);
        return new ParquetExport(writer, fields);
    }

    public async Task WriteAsync(object?[] row, CancellationToken cancellationToken)
    {
        _rows.Add(row);
        if (_rows.Count == RowsPerGroup)
            await WriteGroupAsync(cancellationToken);
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0 || _isEmpty)
            await WriteGroupAsync(cancellationToken);
        await _writer.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static DataField FieldOf(ExportColumn column) => column.Type switch
    {
        var type when type == typeof(bool) => new DataField<bool?>(column.Name),
        var type when type == typeof(int) => new DataField<int?>(column.Name),
        var type when type == typeof(long) => new DataField<long?>(column.Name),
        var type when type == typeof(double) => new DataField<double?>(column.Name),
        var type when type == typeof(decimal) => new DecimalDataField(column.Name, Precision, Scale, isNullable: true),
        var type when type == typeof(DateTime) => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true),
        _ => new DataField<string>(column.Name),
    };

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        _isEmpty = false;
        using var group = _writer.CreateRowGroup();
        for (var i = 0; i < _fields.Count; i++)
        {
            var (field, column) = _fields[i];
            await (column.Type switch
            {
                var type when type == typeof(bool) => group.WriteAsync<bool>(field, Values<bool>(i), cancellationToken: cancellationToken),
                var type when type == typeof(int) => group.WriteAsync<int>(field, Values<int>(i), cancellationToken: cancellationToken),
                var type when type == typeof(long) => group.WriteAsync<long>(field, Values<long>(i), cancellationToken: cancellationToken),
                var type when type == typeof(double) => group.WriteAsync<double>(field, Values<double>(i), cancellationToken: cancellationToken),
                var type when type == typeof(decimal) => group.WriteAsync<decimal>(field, Values<decimal>(i), cancellationToken: cancellationToken),
                var type when type == typeof(DateTime) => group.WriteAsync<DateTime>(field, Values<DateTime>(i), cancellationToken: cancellationToken),
                _ => group.WriteAsync(field, _rows.ConvertAll(row => ReportReader.Text(row[i])!)),
            });
        }

        _rows.Clear();

        ReadOnlyMemory<T?> Values<T>(int index)
            where T : struct => _rows.Select(row => (T?)row[index]).ToArray();
    }
}
