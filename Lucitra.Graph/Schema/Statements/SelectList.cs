using System.Text;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The columns of a query, written one after the other.</summary>
internal sealed class SelectList(StringBuilder sql)
{
    private readonly List<string?> _columns = [];

    /// <summary>Writes the next column.</summary>
    public void Add(string column)
    {
        Next();
        sql.Append(column);
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
    public int PlaceOf(string column)
    {
        var place = _columns.IndexOf(column);
        if (place >= 0)
            return place;
        Add(column);
        return _columns.Count - 1;
    }
}
