using GraphQL;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>What a dashboard is asked for.</summary>
internal sealed record DashboardRequest(CalendarRange Range, string? PipelineId, string? OwnerId, int IdleDays)
{
    public const int DefaultDays = 30;
    public const int DefaultIdleDays = 14;
    public const int MaxDays = 3660;
    public const int MaxBuckets = 400;

    private const int MostDaysByDay = 92;
    private const int MostDaysByWeek = 400;

    // Days before it have no place in a DateTime once a time zone is taken off.
    private static readonly DateOnly _earliest = new(1900, 1, 1);
    private static readonly DateOnly _latest = new(9000, 1, 1);

    /// <summary>Reads the arguments of a field; an error of the caller's when they name no such dashboard.</summary>
    public static DashboardRequest Of(IResolveFieldContext context, DateTime now)
    {
        var zone = ZoneOf(context.GetArgument<string?>("timeZone") ?? "UTC");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone));
        var to = context.GetArgument<DateOnly?>("to") ?? today;
        var from = context.GetArgument<DateOnly?>("from") ?? to.AddDays(1 - DefaultDays);
        var days = to.DayNumber - from.DayNumber + 1;
        if (from < _earliest || to > _latest)
            throw Refused($"The range has to lie between {_earliest:yyyy-MM-dd} and {_latest:yyyy-MM-dd}.");
        if (days is < 1 or > MaxDays)
            throw Refused($"`to` ({to:yyyy-MM-dd}) has to be `from` ({from:yyyy-MM-dd}) or later, by {MaxDays} days at most.");

        var range = new CalendarRange(from, to, zone, context.GetArgument<DateBucket?>("bucket") ?? DefaultBucket(days));
        if (range.Spans().Skip(MaxBuckets).Any())
            throw Refused($"{days} days make more than {MaxBuckets} buckets of a {range.Bucket.ToString().ToLowerInvariant()}; choose a longer bucket.");

        var idleDays = context.GetArgument<int?>("idleDays") ?? DefaultIdleDays;
        if (idleDays is < 1 or > MaxDays)
            throw Refused($"`idleDays` has to be from 1 to {MaxDays}.");
        return new DashboardRequest(range, Storable("pipelineId"), Storable("ownerId"), idleDays);

        string? Storable(string argument) => context.GetArgument<string?>(argument) is { } text && text.Contains('\0', StringComparison.Ordinal)
            ? throw Refused($"`{argument}` contains the character U+0000, which no id has.")
            : context.GetArgument<string?>(argument);
    }

    public static TimeZoneInfo ZoneOf(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) && found.HasIanaId
        ? found
        : throw Refused($"There is no IANA time zone '{name}'.");

    public static CodedError Refused(string message) => new(ErrorCodes.InvalidRange, message);

    private static DateBucket DefaultBucket(int days) => days switch
    {
        <= MostDaysByDay => DateBucket.Day,
        <= MostDaysByWeek => DateBucket.Week,
        _ => DateBucket.Month,
    };
}
