using System.Text;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The columns of a query, written one after the other.</summary>
internal sealed class SelectList(StringBuilder sql)
{
    private bool _isEmpty = true;

    /// <summary>Begins the next column.</summary>
    public StringBuilder Next()
    {
        if (!_isEmpty)
            sql.Append(", ");
        _isEmpty = false;
        return sql;
    }
}
