using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Twin.Api;

/// <summary>How many calls a portal still takes. Used under the state's gate.</summary>
internal sealed class RateLimits(TwinOptions options)
{
    private static readonly TimeSpan _burst = TimeSpan.FromSeconds(10);

    private readonly Queue<DateTimeOffset> _calls = new();
    private readonly Queue<DateTimeOffset> _searches = new();
    private DateOnly _day;
    private int _today;

    /// <summary>Counts a call; names the limit that it breaks.</summary>
    public string? Take(bool isSearch)
    {
        var now = options.Clock.GetUtcNow();
        if (DateOnly.FromDateTime(now.UtcDateTime) is var day && day != _day)
            (_day, _today) = (day, 0);
        if (++_today > options.CallsPerDay)
            return "daily";
        return isSearch
            ? IsOver(_searches, now, TimeSpan.FromSeconds(1), options.SearchesPerSecond) ? "secondly" : null
            : IsOver(_calls, now, _burst, options.CallsPerTenSeconds) ? "ten_secondly_rolling" : null;
    }

    public void Write(IHeaderDictionary headers)
    {
        headers["X-HubSpot-RateLimit-Daily"] = Text(options.CallsPerDay);
        headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(Math.Max(0, options.CallsPerDay - _today));
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = Text((int)_burst.TotalMilliseconds);
        headers["X-HubSpot-RateLimit-Max"] = Text(options.CallsPerTenSeconds);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(Math.Max(0, options.CallsPerTenSeconds - _calls.Count));
    }

    private static bool IsOver(Queue<DateTimeOffset> taken, DateTimeOffset now, TimeSpan window, int most)
    {
        while (taken.TryPeek(out var first) && first <= now - window)
            taken.Dequeue();
        if (taken.Count >= most)
            return true;
        taken.Enqueue(now);
        return false;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
