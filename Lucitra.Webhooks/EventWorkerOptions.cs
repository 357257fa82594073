using System.ComponentModel.DataAnnotations;

namespace Lucitra.Webhooks;

/// <summary>Section <c>Webhooks:Worker</c>: how queued events are applied, and when a failed one is tried again.</summary>
public sealed class EventWorkerOptions
{
    /// <summary>Most deliveries applied in one transaction. Default 100, from 1 to 1000.</summary>
    [Range(1, 1_000)]
    public int MessagesPerTransaction { get; set; } = 100;

    /// <summary>
    /// Most bytes of bodies applied in one transaction, which are in memory together; a single delivery is taken whole even
    /// where it is larger. Default 33554432, from 1024 to 1073741824.
    /// </summary>
    [Range(1_024, 1_073_741_824)]
    public int BytesPerTransaction { get; set; } = 32 * 1024 * 1024;

    /// <summary>
    /// Most events applied in one transaction; a single delivery is taken whole even where it holds more. Default 1000, from 1 to 10000.
    /// </summary>
    [Range(1, 10_000)]
    public int EventsPerTransaction { get; set; } = 1_000;

    /// <summary>
    /// Longest wait before the queue is looked at again when nothing announced a delivery. Time span, default <c>00:00:01</c>,
    /// from 50 ms to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:05:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often applying an event is tried before it is DEAD. Default 10, from 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 10;

    /// <summary>
    /// How long after it came an event that fails is tried again; one that is older ends DEAD with its next failure. Time
    /// span, default <c>3.00:00:00</c>, from 1 second to 365 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(3);

    /// <summary>
    /// Upper bound of the wait after the first failure; it doubles with every further one, and the wait itself is drawn at
    /// random below the bound. Time span, default <c>00:00:05</c>, from 10 ms to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Where the doubling ends. Time span, default <c>00:15:00</c>, from 10 ms to 1 day, not below <c>RetryBaseDelay</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan RetryMaxDelay { get; set; } = TimeSpan.FromMinutes(15);
}
