using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Aggregates;

namespace Lucitra.Graph.Analytics;

/// <summary>Some days of a time zone, and the spans of the calendar that they are divided into.</summary>
internal sealed class CalendarRange(DateOnly from, DateOnly to, TimeZoneInfo timeZone, DateBucket bucket)
{
    public DateOnly From => from;

    public DateOnly To => to;

    public DateBucket Bucket => bucket;

    public TimeZoneInfo TimeZone => timeZone;

    public int Days => to.DayNumber - from.DayNumber + 1;

    /// <summary>As many days, right before.</summary>
    public CalendarRange Previous => new(from.AddDays(-Days), from.AddDays(-1), timeZone, bucket);

    /// <summary>The first quarter of the range.</summary>
    public int Start => QuarterOf(from);

    /// <summary>The quarter after the range.</summary>
    public int End => QuarterOf(to.AddDays(1));

    /// <summary>The spans in their order: the first day of each, and the day after its last. The first and the last may be cut off by the range.</summary>
    public IEnumerable<(DateOnly First, DateOnly After)> Spans()
    {
        for (var first = from; first <= to;)
        {
            var after = Next(first);
            after = after > to ? to.AddDays(1) : after;
            yield return (first, after);
            first = after;
        }
    }

    /// <summary>When a day begins.</summary>
    public DateTime Beginning(DateOnly day) => DateBuckets.Beginning(day.ToDateTime(TimeOnly.MinValue), timeZone);

    /// <summary>The quarter in which a day begins.</summary>
    public int QuarterOf(DateOnly day) => Quarter.Of(Beginning(day));

    private DateOnly Next(DateOnly day)
    {
        var start = DateOnly.FromDateTime(DateBuckets.Start(bucket.ToString().ToLowerInvariant(), day.ToDateTime(TimeOnly.MinValue)));
        return bucket switch
        {
            DateBucket.Day => start.AddDays(1),
            DateBucket.Week => start.AddDays(7),
            DateBucket.Month => start.AddMonths(1),
            DateBucket.Quarter => start.AddMonths(3),
            _ => start.AddYears(1),
        };
    }
}
