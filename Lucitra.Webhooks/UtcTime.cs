namespace Lucitra.Webhooks;

/// <summary>Times as the database keeps them: UTC, in whole microseconds, so that a value read back equals the one written.</summary>
public static class UtcTime
{
    public static DateTime UtcNow(this TimeProvider clock) => Truncate(clock.GetUtcNow().UtcDateTime);

    public static DateTime Truncate(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
}
