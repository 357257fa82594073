using System.Text;
using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A total order of the rows of a query: the keys that were asked for, then the entity's own.</summary>
internal sealed class SqlOrdering
{
    private readonly List<SqlKey> _keys;
    private readonly string _field;
    private string? _signature;

    public SqlOrdering(SqlPlace place, IEnumerable<SqlKey> asked, EntityColumn key, string field)
    {
        _keys = [.. asked.DistinctBy(order => order.Path)];
        if (!_keys.Exists(order => order.Path == key.Name))
            _keys.Add(SqlKey.Of(place, key, key.Name, SortDirection.Asc));
        _field = field;
    }

    /// <summary>Names the list and its order in a cursor.</summary>
    public string Signature => _signature ??= Cursor.SignatureOf(_field, _keys.Select(order => (order.Path, order.Descending)));

    public IReadOnlyList<SqlKey> Keys => _keys;

    public IReadOnlyList<Type> KeyTypes => _keys.ConvertAll(key => key.Type);

    public void WriteOrder(StringBuilder sql)
    {
        for (var i = 0; i < _keys.Count; i++)
            sql.Append(i == 0 ? " ORDER BY " : ", ").Append(_keys[i].Value).Append(_keys[i].Descending ? " DESC" : "");
    }

    /// <summary>Writes the condition that a row comes after the one of a cursor (before it, when <paramref name="backward"/>).</summary>
    /// <param name="sql">Where it is written.</param>
    /// <param name="statement">The statement that it is a part of.</param>
    /// <param name="argument">The argument that the cursor was given by.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="backward">Whether the rows before it are meant.</param>
    public void WriteBeyond(StringBuilder sql, SqlStatement statement, string argument, string cursor, bool backward)
    {
        var (signature, types) = (Signature, KeyTypes);
        var values = Cursor.Decode(signature, types, argument, cursor);
        var bounds = new string?[values.Count];

        // With a null among the keys it is another condition.
        var isUsual = !values.Contains(null);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;
            var place = i;
            bounds[i] = isUsual ? statement.KeyOfCursor(cursor, value, _keys[i].Type, KeyOf) : statement.Bound(value, _keys[i].Type);

            object? KeyOf(string other) => Cursor.Decode(signature, types, argument, other) is var keys && !keys.Contains(null) ? keys[place] : null;
        }

        // Narrows an index to the rows that follow; the rest is looked at row by row.
        var descending = _keys[0].Descending != backward;
        var isNarrowed = _keys.Count > 1 && bounds[0] is not null && (!_keys[0].Nullable || descending);
        if (isNarrowed)
            sql.Append(_keys[0].Value).Append(descending ? " <= " : " >= ").Append(bounds[0]).Append(" AND ");
        WriteBeyond(sql, bounds, 0, backward, isNarrowed);
    }

    private void WriteBeyond(StringBuilder sql, string?[] bounds, int index, bool backward, bool isNarrowed = false)
    {
        var (key, bound) = (_keys[index], bounds[index]);
        if (index == bounds.Length - 1)
        {
            WriteAfter(sql, key, bound, key.Descending != backward);
            return;
        }

        sql.Append('(');
        WriteAfter(sql, key, bound, key.Descending != backward);
        sql.Append(" OR (");

        // A narrowed key that is not beyond its bound is equal to it.
        if (!isNarrowed)
            sql.Append(key.Value).Append(bound is null ? " IS NULL" : $" = {bound}").Append(" AND ");
        WriteBeyond(sql, bounds, index + 1, backward);
        sql.Append("))");
    }

    private static void WriteAfter(StringBuilder sql, SqlKey key, string? bound, bool descending)
    {
        if (bound is null)
            sql.Append(descending ? $"{key.Value} IS NOT NULL" : "FALSE");
        else if (key.Nullable && !descending)
            sql.Append('(').Append(key.Value).Append(" > ").Append(bound).Append(" OR ").Append(key.Value).Append(" IS NULL)");
        else
            sql.Append(key.Value).Append(descending ? " < " : " > ").Append(bound);
    }
}
