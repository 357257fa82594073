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

    public string CursorOf(object?[] keys) => Cursor.Encode(Ordering.Signature, keys);

    public string CursorOf(Row row) => CursorOf(Array.ConvertAll(Keys(), key => key.Of(row)));

    /// <summary>Reads the keys of the order from rows.</summary>
    public RowKey[] Keys()
    {
        var keys = new RowKey[KeyPlaces.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = RowKey.Of(Ordering.Keys[i].Type, KeyPlaces[i]);
        return keys;
    }
}
