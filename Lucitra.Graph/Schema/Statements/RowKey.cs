namespace Lucitra.Graph.Schema.Statements;

/// <summary>A key of an order, as read from one row after the other: most are overwritten by the next row's, so they are not boxed.</summary>
internal abstract class RowKey
{
    /// <summary>The value in the row that was read last, as cursors keep it.</summary>
    public abstract object? Value { get; }

    /// <summary>Reads keys of a type from a place in the list of columns.</summary>
    public static RowKey Of(Type type, int place)
    {
        type = Scalars.Underlying(type);
        return type == typeof(string) ? new RowKey<string>(place, static (row, place) => row.Text(place))
            : type == typeof(DateTime) ? new RowKey<DateTime>(place, static (row, place) => row.Instant(place))
            : type == typeof(Guid) ? new RowKey<Guid>(place, static (row, place) => row.Uuid(place))
            : type == typeof(int) ? new RowKey<int>(place, static (row, place) => row.Int(place))
            : type == typeof(long) ? new RowKey<long>(place, static (row, place) => row.Long(place))
            : type == typeof(decimal) ? new RowKey<decimal>(place, static (row, place) => row.Decimal(place))
            : throw new InvalidOperationException($"{type} is no type of a key.");
    }

    public abstract void Take(Row row);

    public object? Of(Row row)
    {
        Take(row);
        return Value;
    }
}

internal sealed class RowKey<T>(int place, Func<Row, int, T> read) : RowKey
{
    private bool _isNull;
    private T? _value;

    public override object? Value => _isNull ? null : _value;

    public override void Take(Row row)
    {
        _isNull = row.IsNull(place);
        if (!_isNull)
            _value = read(row, place);
    }
}
