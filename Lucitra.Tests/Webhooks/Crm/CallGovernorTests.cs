using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class CallGovernorTests
{
    private const int Limit = 190;
    private const int SearchLimit = 5;

    [Fact]
    public async Task A_burst_stays_below_the_limit_in_every_ten_seconds_and_uses_its_share()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Otherwise = (_, _) => Task.FromResult(ApiAnswer.Json(ApiAnswer.Of("contact-get").Body));
        var begin = portal.Clock.GetUtcNow();

        await portal.PassTimeAsync(Task.WhenAll(Enumerable.Range(0, 500).Select(_ => portal.ReadAsync())));

        Assert.Equal(500, portal.HubSpot.Calls.Count);
        Assert.InRange(MostWithin(portal, TimeSpan.FromSeconds(10)), 1, Limit);
        Assert.True(portal.Clock.GetUtcNow() - begin < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Searches_stay_below_their_own_limit()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.AnswerAlways("contacts-search");

        await portal.PassTimeAsync(Task.WhenAll(Enumerable.Range(0, 40).Select(_ => portal.SearchAsync())));

        Assert.Equal(40, portal.HubSpot.Calls.Count);
        Assert.InRange(MostWithin(portal, TimeSpan.FromSeconds(1)), 1, SearchLimit);
    }

    [Fact]
    public async Task Searches_that_wait_hold_up_nobody_else()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Otherwise = (call, _) => Task.FromResult(ApiAnswer.Of(call.Line.Contains("search", StringComparison.Ordinal) ? "contacts-search" : "contact-get"));
        var searches = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.SearchAsync()));

        Assert.NotNull(await portal.ReadAsync());
        Assert.False(searches.IsCompleted);
        await portal.PassTimeAsync(searches);
    }

    [Fact]
    public async Task Live_calls_go_before_writes_and_writes_before_backfill()
    {
        using var governor = OneAtATime();
        var order = new List<string>();
        var holding = await governor.TakeAsync(HubSpotCallPriority.Live, isSearch: false, default);
        var waiting = new[]
        {
            RunAsync(governor, HubSpotCallPriority.Backfill, order),
            RunAsync(governor, HubSpotCallPriority.WriteBack, order),
            RunAsync(governor, HubSpotCallPriority.Live, order),
        };
        holding.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["Live", "WriteBack", "Backfill"], order);
    }

    [Fact]
    public async Task Nobody_waits_for_ever_behind_live_calls()
    {
        using var governor = OneAtATime();
        var order = new List<string>();
        var holding = await governor.TakeAsync(HubSpotCallPriority.Live, isSearch: false, default);
        var backfill = RunAsync(governor, HubSpotCallPriority.Backfill, order);
        Task[] live = [.. Enumerable.Range(0, 50).Select(_ => RunAsync(governor, HubSpotCallPriority.Live, order))];
        holding.Dispose();
        await Task.WhenAll([backfill, .. live]);

        Assert.InRange(order.IndexOf("Backfill"), 1, 10);
    }

    [Fact]
    public async Task Backfill_leaves_room_for_live_calls()
    {
        await using var portal = new CrmPortal(("HubSpot:Api:CallsPerTenSeconds", "100"), ("HubSpot:Api:LimitShare", "1"), ("HubSpot:Api:BackfillShare", "0.5"));
        portal.HubSpot.Otherwise = (_, _) => Task.FromResult(ApiAnswer.Json(ApiAnswer.Of("contact-get").Body));
        var backfill = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => portal.ReadAsync(HubSpotCallPriority.Backfill)));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => portal.ReadAsync()));

        Assert.False(backfill.IsCompleted);
        Assert.InRange(portal.HubSpot.Calls.Count, 40, 90);
        await portal.PassTimeAsync(backfill);
        Assert.InRange(MostWithin(portal, TimeSpan.FromSeconds(10)), 1, 100);
    }

    [Fact]
    public void Calls_of_others_that_an_answer_tells_of_are_left_room()
    {
        var limits = new CallLimits(new HubSpotCallOptions(), Limit);
        limits.Learn(new ToldLimits(Limit, Remaining: 3, Daily: null, DailyRemaining: null), underway: 1, TimeSpan.Zero);
        Assert.Equal(2, GrantedAt(limits, TimeSpan.Zero));

        Assert.Equal(TimeSpan.FromSeconds(10), limits.FreeAt(HubSpotCallPriority.Live, isSearch: false, TimeSpan.Zero));
        Assert.True(GrantedAt(limits, TimeSpan.FromSeconds(10)) > 2);
    }

    [Theory]
    [InlineData(null, 100, 80)]
    [InlineData(null, 250, 200)]
    [InlineData(50, 250, 40)]
    [InlineData(200, 100, 80)]
    public void The_limit_is_what_answers_tell_and_settings_lower(int? configured, int told, int calls)
    {
        var limits = new CallLimits(new HubSpotCallOptions { CallsPerTenSeconds = configured }, Limit);
        limits.Learn(new ToldLimits(told, Remaining: null, Daily: null, DailyRemaining: null), underway: 0, TimeSpan.Zero);

        Assert.Equal(calls, GrantedAt(limits, TimeSpan.Zero));
    }

    [Fact]
    public async Task Backfill_stops_where_the_day_is_nearly_spent_and_live_calls_go_on()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Of("contact-get").With("X-HubSpot-RateLimit-Daily-Remaining", "100"));
        portal.HubSpot.AnswerAlways("contact-get");
        await portal.ReadAsync();

        var fault = await portal.FailureOfAsync(portal.ReadAsync(HubSpotCallPriority.Backfill));
        Assert.Equal((HubSpotErrorKind.DailyLimit, true), (fault.Kind, fault.IsTransient));

        // The next answer tells of a new day.
        Assert.NotNull(await portal.ReadAsync());
        Assert.NotNull(await portal.ReadAsync(HubSpotCallPriority.Backfill));
    }

    [Fact]
    public async Task Who_stops_waiting_takes_no_turn()
    {
        using var governor = OneAtATime();
        var holding = await governor.TakeAsync(HubSpotCallPriority.Live, isSearch: false, default);
        using var stop = new CancellationTokenSource();
        var stopped = governor.TakeAsync(HubSpotCallPriority.Live, isSearch: false, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        var next = governor.TakeAsync(HubSpotCallPriority.Live, isSearch: false, default);
        holding.Dispose();
        holding.Dispose();

        (await next).Dispose();
    }

    private static CallGovernor OneAtATime() => new(new CallLimits(new HubSpotCallOptions(), Limit), maxParallel: 1, TimeProvider.System);

    private static async Task RunAsync(CallGovernor governor, HubSpotCallPriority priority, List<string> order)
    {
        using (await governor.TakeAsync(priority, isSearch: false, default))
            order.Add(priority.ToString());
    }

    private static int GrantedAt(CallLimits limits, TimeSpan now)
    {
        var granted = 0;
        for (; limits.FreeAt(HubSpotCallPriority.Live, isSearch: false, now) <= now; granted++)
            limits.Count(HubSpotCallPriority.Live, isSearch: false, now);
        return granted;
    }

    private static int MostWithin(CrmPortal portal, TimeSpan window)
    {
        DateTimeOffset[] times = [.. portal.HubSpot.Calls.Select(call => call.At).Order()];
        return times.Max(begin => times.Count(at => at >= begin && at < begin + window));
    }
}
