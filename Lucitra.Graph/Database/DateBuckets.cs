using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Database;

/// <summary>
/// Cuts instants down to days, weeks (from Monday), months, quarters or years of a time zone: PostgreSQL's
/// <c>date_trunc(unit, value, zone)</c>, and a function of the same name for SQLite, which has none.
/// </summary>
internal static class DateBuckets
{
    private const string Function = "date_trunc";
    private const string SqliteFormat = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    /// <summary>Stands for the function in queries.</summary>
    public static DateTime? Truncate(string unit, DateTime? value, string zone) => throw new NotSupportedException("For queries only.");

    public static void Map(ModelBuilder model) =>
        model.HasDbFunction(typeof(DateBuckets).GetMethod(nameof(Truncate))!).HasName(Function).IsBuiltIn();

    public static void AddTo(SqliteConnection connection) =>
        connection.CreateFunction(Function, (string unit, string? value, string zone) => value is null ? null : Truncate(unit, value, zone), isDeterministic: true);

    private static string Truncate(string unit, string value, string zone)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var instant = DateTime.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var start = Start(unit, TimeZoneInfo.ConvertTimeFromUtc(instant, timeZone).Date);
        return Beginning(start, timeZone).ToString(SqliteFormat, CultureInfo.InvariantCulture);
    }

    /// <summary>The instant at which a day of a time zone begins.</summary>
    public static DateTime Beginning(DateTime day, TimeZoneInfo timeZone)
    {
        // Where clocks go forward at midnight the day begins an hour later.
        while (timeZone.IsInvalidTime(day))
            day = day.AddMinutes(30);
        return TimeZoneInfo.ConvertTimeToUtc(day, timeZone);
    }

    /// <summary>The first day of the span that holds a day.</summary>
    public static DateTime Start(string unit, DateTime day) => unit switch
    {
        "day" => day,
        "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        "month" => new DateTime(day.Year, day.Month, 1),
        "quarter" => new DateTime(day.Year, day.Month - ((day.Month - 1) % 3), 1),
        "year" => new DateTime(day.Year, 1, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such bucket."),
    };
}
