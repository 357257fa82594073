using System.Text;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A query under way: rows of one table with what is joined to them, which of them, and in which order.</summary>
internal sealed class SqlQuery
{
    private readonly List<(SqlPlace From, TableLink Link, SqlPlace To)> _joined = [];
    private readonly string _from;

    private SqlQuery(SqlStatement statement, string from, Type entity, string alias, bool isWithin)
    {
        Statement = statement;
        IsWithin = isWithin;
        _from = from;
        Root = new SqlPlace(this, statement.TableOf(entity), alias, MayBeMissing: false);
    }

    public SqlStatement Statement { get; }

    /// <summary>Whether it is a query within another one.</summary>
    public bool IsWithin { get; }

    public SqlPlace Root { get; }

    public StringBuilder Joins { get; } = new();

    public StringBuilder Where { get; } = new();

    /// <summary>All rows of an entity.</summary>
    public static SqlQuery Of(SqlStatement statement, Type entity)
    {
        var alias = statement.NextAlias();
        return new SqlQuery(statement, $"{statement.TableOf(entity).Name} {alias}", entity, alias, isWithin: false);
    }

    /// <summary>The rows that hang on a row of another query.</summary>
    public static SqlQuery On(SqlPlace parent, TableLink link)
    {
        var statement = parent.Query.Statement;
        var alias = statement.NextAlias();
        var table = statement.TableOf(link.Target).Name;
        if (link.Through is not var (through, on))
        {
            var direct = new SqlQuery(statement, $"{table} {alias}", link.Target, alias, isWithin: true);
            WriteOn(direct.Where, link.On, parent.Alias, alias);
            return direct;
        }

        var pair = statement.NextAlias();
        var from = new StringBuilder($"{through} {pair} JOIN {table} {alias} ON ");
        WriteOn(from, link.On, pair, alias);
        var query = new SqlQuery(statement, from.ToString(), link.Target, alias, isWithin: true);
        WriteOn(query.Where, on, parent.Alias, pair);
        return query;
    }

    /// <summary>What one row has at the other end of a link; joined once, however often it is asked for.</summary>
    public SqlPlace Join(SqlPlace from, TableLink link)
    {
        foreach (var joined in _joined)
        {
            if (joined.From == from && joined.Link == link)
                return joined.To;
        }

        var to = new SqlPlace(this, Statement.TableOf(link.Target), Statement.NextAlias(), MayBeMissing: true);
        Joins.Append(" LEFT JOIN ").Append(to.Table.Name).Append(' ').Append(to.Alias).Append(" ON ");
        WriteOn(Joins, link.On, from.Alias, to.Alias);
        _joined.Add((from, link, to));
        return to;
    }

    /// <summary>Begins another condition that must hold, too.</summary>
    public StringBuilder And() => Where.Length == 0 ? Where : Where.Append(" AND ");

    /// <summary>Writes what comes after the list of columns, without an order.</summary>
    public void WriteRows(StringBuilder sql)
    {
        sql.Append(" FROM ").Append(_from).Append(Joins);
        if (Where.Length > 0)
            sql.Append(" WHERE ").Append(Where);
    }

    private static void WriteOn(StringBuilder sql, IReadOnlyList<ColumnPair> pairs, string left, string right)
    {
        for (var i = 0; i < pairs.Count; i++)
            sql.Append(i == 0 ? "" : " AND ").Append(left).Append('.').Append(pairs[i].Left).Append(" = ").Append(right).Append('.').Append(pairs[i].Right);
    }
}
