using System.Text;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The columns of a query, written one after the other.</summary>
/// <param name="sql">Where they are written.</param>
/// <param name="isRecord">Whether they make a record, as <see cref="NestedRow"/> reads it.</param>
internal sealed class SelectList(StringBuilder sql, bool isRecord = false)
{
    private readonly List<string?> _columns = [];

    /// <summary>Writes the next column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="type">The type of its values.</param>
    public void Add(string column, Type type)
    {
        Next();
        sql.Append(column);
        if (isRecord && Scalars.Underlying(type) == typeof(decimal))
            sql.Append("::text");
        _columns[^1] = column;
    }

    /// <summary>Begins a column that is more than a name.</summary>
    public StringBuilder Next()
    {
        if (_columns.Count > 0)
            sql.Append(", ");
        _columns.Add(null);
        return sql;
    }

    /// <summary>The place of a column, which is written if it is not there yet.</summary>
    public int PlaceOf(string column, Type type)
    {
        var place = _columns.IndexOf(column);
        if (place >= 0)
            return place;
        Add(column, type);
        return _columns.Count - 1;
    }
}
