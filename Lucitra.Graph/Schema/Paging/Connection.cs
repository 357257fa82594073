namespace Lucitra.Graph.Schema.Paging;

/// <summary>One page of a list, as the Cursor Connections specification shapes it.</summary>
internal sealed record Connection(IReadOnlyList<Edge> Edges, PageInfo PageInfo, int? TotalCount)
{
    public static Connection Empty { get; } = new([], new PageInfo(false, false, null, null), 0);
}

/// <summary>An item of a page and its place in the list.</summary>
/// <param name="Node">The item.</param>
/// <param name="Cursor">Its place, opaque; for `after` and `before` of the same field with the same `order`.</param>
internal sealed record Edge(object Node, string Cursor);

/// <summary>Where a page stands in its list.</summary>
/// <param name="HasNextPage">Whether there are items after the page.</param>
/// <param name="HasPreviousPage">Whether there are items before the page.</param>
/// <param name="StartCursor">The cursor of the first item; null on an empty page.</param>
/// <param name="EndCursor">The cursor of the last item; null on an empty page.</param>
internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
