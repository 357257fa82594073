namespace Lucitra.Graph.Analytics;

/// <summary>Parts of a whole.</summary>
internal static class Ratio
{
    /// <summary>The part, from 0 to 1; null of nothing.</summary>
    public static double? Of(long part, long whole) => whole == 0 ? null : part / (double)whole;
}
