namespace Lucitra.Graph.Analytics;

/// <summary>Percentiles of whole numbers of which it is known how often each is there: exact, as PostgreSQL's <c>percentile_cont</c>.</summary>
internal static class Percentile
{
    /// <param name="part">Which part of the numbers lies below the answer, from 0 to 1.</param>
    /// <param name="counts">How often each number is there.</param>
    /// <returns>The percentile, between two numbers in proportion; null of no numbers.</returns>
    public static double? Of(double part, IEnumerable<(int Number, long Count)> counts)
    {
        var sorted = counts.Where(one => one.Count > 0).OrderBy(one => one.Number).ToList();
        var total = sorted.Sum(one => one.Count);
        if (total == 0)
            return null;

        var place = part * (total - 1);
        var (below, above) = (At((long)Math.Floor(place)), At((long)Math.Ceiling(place)));
        return below + ((above - below) * (place - Math.Floor(place)));

        int At(long index)
        {
            var passed = 0L;
            foreach (var (number, count) in sorted)
            {
                passed += count;
                if (index < passed)
                    return number;
            }

            return sorted[^1].Number;
        }
    }

    /// <summary>The percentile of numbers that are sorted and at least one.</summary>
    public static double Of(double part, List<double> sorted)
    {
        var place = part * (sorted.Count - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}
