using GraphQL;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Analytics;

/// <summary>Which days are asked about, and in which spans.</summary>
internal sealed record RangeArguments(DateOnly? From, DateOnly? To, string? TimeZone, DateBucket? Bucket)
{
    public const int MaxDays = 3660;
    public const int MaxBuckets = 400;

    private const int MostDaysByDay = 92;
    private const int MostDaysByWeek = 400;

    // Days before it have no place in a DateTime once a time zone is taken off.
    private static readonly DateOnly _earliest = new(1900, 1, 1);
    private static readonly DateOnly _latest = new(9000, 1, 1);

    public static RangeArguments Of(IResolveFieldContext context) => new(
        context.GetArgument<DateOnly?>("from"), context.GetArgument<DateOnly?>("to"), context.GetArgument<string?>("timeZone"), context.GetArgument<DateBucket?>("bucket"));

    /// <summary>The range; an error of the caller's when there is no such one.</summary>
    /// <param name="now">The present.</param>
    /// <param name="usualDays">How many days when the first is left out.</param>
    /// <param name="usualBucket">Which spans when they are left out; null for those that fit the number of days.</param>
    public CalendarRange Resolve(DateTime now, int usualDays, DateBucket? usualBucket = null)
    {
        var zone = ZoneOf(TimeZone ?? "UTC");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        var to = To ?? today;
        if (to < _earliest || to > _latest || From < _earliest || From > _latest)
            throw Refused($"The range has to lie between {_earliest:yyyy-MM-dd} and {_latest:yyyy-MM-dd}.");
        var from = From ?? to.AddDays(1 - usualDays);
        var days = to.DayNumber - from.DayNumber + 1;
        if (days is < 1 or > MaxDays)
            throw Refused($"`to` ({to:yyyy-MM-dd}) has to be `from` ({from:yyyy-MM-dd}) or later, by {MaxDays} days at most.");

        var range = new CalendarRange(from, to, zone, Bucket ?? usualBucket ?? Fitting(days));
        if (range.Spans().Skip(MaxBuckets).Any())
            throw Refused($"{days} days make more than {MaxBuckets} buckets of a {range.Bucket.ToString().ToLowerInvariant()}; choose a longer bucket.");
        return range;
    }

    /// <summary>An id that a caller names; an error of the caller's when no id is like that.</summary>
    public static string? IdOf(string argument, string? id) => id?.Contains('\0', StringComparison.Ordinal) == true
        ? throw Refused($"`{argument}` contains the character U+0000, which no id has.")
        : id;

    public static CodedError Refused(string message) => new(ErrorCodes.InvalidRange, message);

    private static TimeZoneInfo ZoneOf(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && found.HasIanaId
        ? found
        : throw Refused($"There is no IANA time zone '{name}'.");

    private static DateBucket Fitting(int days) => days switch
    {
        <= MostDaysByDay => DateBucket.Day,
        <= MostDaysByWeek => DateBucket.Week,
        _ => DateBucket.Month,
    };
}
