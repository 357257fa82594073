namespace Lucitra.Graph.Analytics;

/// <summary>HubSpot's lifecycle stages, from the first to the last. Stages that an account adds have no known place among them.</summary>
internal static class LifecycleStages
{
    public static IReadOnlyList<string> InOrder { get; } =
        ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist"];

    /// <summary>The place of a stage; that after the last for one without a place.</summary>
    public static int PlaceOf(string stage)
    {
        var place = InOrder.ToList().IndexOf(stage);
        return place < 0 ? InOrder.Count : place;
    }

    /// <summary>How many are at a stage or beyond it.</summary>
    public static int Reached(int place, IReadOnlyDictionary<string, int> counts) =>
        InOrder.Skip(place).Sum(stage => counts.GetValueOrDefault(stage));
}
