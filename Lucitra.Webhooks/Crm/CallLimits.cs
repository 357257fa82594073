namespace Lucitra.Webhooks.Crm;

/// <summary>
/// When a call may be made to one account: what the settings allow, and what HubSpot's answers say about its own count, in
/// which the calls of other processes are. Not safe for use by several threads.
/// </summary>
internal sealed class CallLimits(HubSpotCallOptions options, int assumedLimit)
{
    // Of HubSpot's daily calls: below, the rest is kept for what cannot wait.
    private const double DailyReserve = 0.05;

    private static readonly TimeSpan _window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _dailyTold = TimeSpan.FromHours(1);

    private readonly RollingWindow _calls = new(_window);
    private readonly RollingWindow _backfill = new(_window);
    private readonly RollingWindow _searches = new(TimeSpan.FromSeconds(1));

    private int? _toldLimit;
    private int _headroom = int.MaxValue;
    private TimeSpan _headroomUntil;
    private TimeSpan _pausedUntil;
    private TimeSpan _searchesPausedUntil;
    private TimeSpan _dailyShortUntil;

    /// <summary>When the next call of the kind may be made; now, or a time not before which it is pointless to ask again.</summary>
    public TimeSpan FreeAt(HubSpotCallPriority priority, bool isSearch, TimeSpan now)
    {
        var free = Max(_pausedUntil, _calls.FreeAt(CallsPerWindow, now));
        if (_headroom <= 0)
            free = Max(free, _headroomUntil);
        if (priority == HubSpotCallPriority.Backfill)
            free = Max(free, _backfill.FreeAt(Part(CallsPerWindow, options.BackfillShare), now));
        if (isSearch)
            free = Max(free, Max(_searchesPausedUntil, _searches.FreeAt(Part(options.SearchesPerSecond, options.LimitShare), now)));
        return free;
    }

    public void Count(HubSpotCallPriority priority, bool isSearch, TimeSpan now)
    {
        _calls.Add(now);
        if (_headroom != int.MaxValue)
            _headroom--;
        if (priority == HubSpotCallPriority.Backfill)
            _backfill.Add(now);
        if (isSearch)
            _searches.Add(now);
    }

    /// <summary>Takes up what an answer says, while <paramref name="underway"/> other calls may not be in its count.</summary>
    public void Learn(ToldLimits told, int underway, TimeSpan now)
    {
        if (told.Max is { } max and > 0)
            _toldLimit = options.CallsPerTenSeconds is { } configured ? Math.Min(configured, max) : max;
        if (told.Remaining is { } remaining)
            (_headroom, _headroomUntil) = (remaining - underway, now + _window);
        if (told is { Daily: { } daily and > 0, DailyRemaining: { } left })
            _dailyShortUntil = left < daily * DailyReserve ? now + _dailyTold : TimeSpan.Zero;
    }

    public void Pause(TimeSpan wait, bool onlySearches, TimeSpan now)
    {
        if (onlySearches)
            _searchesPausedUntil = Max(_searchesPausedUntil, now + wait);
        else
            _pausedUntil = Max(_pausedUntil, now + wait);
    }

    /// <summary>How long reading whole accounts leaves the rest of the day's calls to others; null while there are enough.</summary>
    public TimeSpan? DailyPause(TimeSpan now) => _dailyShortUntil > now ? _dailyShortUntil - now : null;

    private int CallsPerWindow => Part(_toldLimit ?? options.CallsPerTenSeconds ?? assumedLimit, options.LimitShare);

    private static int Part(int whole, double share) => Math.Max(1, (int)(whole * share));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
