using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>By which column to sort the rows of a report, and which way.</summary>
internal sealed record ReportOrder(ReportColumn Column, SortDirection Direction)
{
    /// <summary>Rows in this order; equal ones stay as they were. Null is the greatest value, and text goes by code point.</summary>
    public static IReadOnlyList<object> Sort(IReadOnlyList<object> rows, IReadOnlyList<ReportOrder> order)
    {
        if (order.Count == 0)
            return rows;
        var sorted = rows.OrderBy(_ => 0);
        foreach (var key in order)
            sorted = sorted.ThenBy(key.Column.Of, Comparer<object?>.Create((left, right) => key.Direction == SortDirection.Asc ? Compare(left, right) : Compare(right, left)));
        return [.. sorted];
    }

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string one, string other) => string.CompareOrdinal(one, other),
        _ => Comparer<object>.Default.Compare(left, right),
    };
}
