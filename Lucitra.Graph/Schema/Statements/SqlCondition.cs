using System.Text;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Joins conditions. Nothing to join holds for every row.</summary>
internal static class SqlCondition
{
    /// <summary>Every one holds.</summary>
    public static void All<T>(StringBuilder sql, IEnumerable<T> parts, Action<StringBuilder, T> write) => Write(sql, " AND ", parts, write);

    /// <summary>Every one holds (<c>and</c>), or at least one (<c>or</c>), which bounds no index.</summary>
    public static void Join<T>(StringBuilder sql, SqlStatement statement, string joiner, IEnumerable<T> parts, Action<StringBuilder, T> write)
    {
        if (joiner == "or")
            statement.DependOnValues();
        Write(sql, joiner == "or" ? " OR " : " AND ", parts, write);
    }

    private static void Write<T>(StringBuilder sql, string joiner, IEnumerable<T> parts, Action<StringBuilder, T> write)
    {
        var isFirst = true;
        foreach (var part in parts)
        {
            sql.Append(isFirst ? "(" : joiner);
            isFirst = false;
            write(sql, part);
        }

        sql.Append(isFirst ? "TRUE" : ")");
    }
}
