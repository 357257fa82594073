namespace Lucitra.Graph.Analytics;

/// <summary>Money as answers give it.</summary>
internal static class Amounts
{
    /// <summary>The amount without zeros at the end, of which databases keep different numbers.</summary>
    public static decimal Plain(decimal amount) => amount / 1.0000000000000000000000000000m;
}
