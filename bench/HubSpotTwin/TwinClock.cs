namespace Lucitra.Twin;

/// <summary>The twin's own clock, which need not agree with anybody's.</summary>
internal sealed class TwinClock(TimeProvider time, TimeSpan skew)
{
    public DateTimeOffset UtcNow() => time.GetUtcNow() + skew;

    /// <summary>Milliseconds since 1970.</summary>
    public long Now() => UtcNow().ToUnixTimeMilliseconds();
}
