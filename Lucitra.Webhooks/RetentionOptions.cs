using System.ComponentModel.DataAnnotations;

namespace Lucitra.Webhooks;

/// <summary>
/// Section <c>Webhooks:Retention</c>: how long events are kept, counted from when they reached their final status. Null
/// keeps them for ever. RECEIVED events stay whatever their age.
/// </summary>
public sealed class RetentionOptions
{
    private const string Shortest = "01:00:00";
    private const string Longest = "36500.00:00:00";

    /// <summary>How long APPLIED events are kept. Time span or null, default <c>30.00:00:00</c>, from 1 hour to 100 years.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan? Applied { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long SUPERSEDED events are kept. Time span or null, default <c>30.00:00:00</c>, from 1 hour to 100 years.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan? Superseded { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long IGNORED events are kept. Time span or null, default <c>14.00:00:00</c>, from 1 hour to 100 years.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan? Ignored { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long DEAD events are kept. Time span or null, default <c>180.00:00:00</c>, from 1 hour to 100 years.</summary>
    [Range(typeof(TimeSpan), Shortest, Longest)]
    public TimeSpan? Dead { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Most rows deleted in one transaction. Default 1000, from 1 to 100000.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 1_000;

    /// <summary>The pause between two looks for what is past its time. Time span, default <c>01:00:00</c>, from 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);
}
