using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The page that a connection asks for in one run.</summary>
/// <param name="Request">Which page.</param>
/// <param name="Ordering">The order of its list.</param>
/// <param name="KeyPlaces">The places of the order's keys in a row.</param>
internal sealed record Page(PageRequest Request, SqlOrdering Ordering, int[] KeyPlaces)
{
    /// <summary>The page of a connection whose rows are not asked for.</summary>
    public static readonly Page None = new(new PageRequest(0, Backward: false, null, null), null!, []);

    public string CursorOf(Row row) => CursorOf(KeysOf(row));

    public string CursorOf(object?[] keys) => Cursor.Encode(Ordering.Signature, keys);

    public object?[] KeysOf(Row row)
    {
        var keys = new object?[Ordering.Keys.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = row.Value(KeyPlaces[i], Ordering.Keys[i].Type);
        return keys;
    }
}
