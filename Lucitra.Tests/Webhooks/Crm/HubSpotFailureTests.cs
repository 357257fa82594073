using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class HubSpotFailureTests
{
    [Theory]
    [InlineData("error-401", HubSpotErrorKind.Unauthorized, false)]
    [InlineData("error-403-scopes", HubSpotErrorKind.MissingScopes, false)]
    [InlineData("error-423-locked", HubSpotErrorKind.Locked, true)]
    [InlineData("error-429-burst", HubSpotErrorKind.RateLimited, true)]
    [InlineData("error-429-daily", HubSpotErrorKind.DailyLimit, true)]
    [InlineData("error-429-search", HubSpotErrorKind.RateLimited, true)]
    [InlineData("error-477-migration", HubSpotErrorKind.Migrating, true)]
    [InlineData("error-502", HubSpotErrorKind.Unavailable, true)]
    [InlineData("search-400-past-10000", HubSpotErrorKind.Validation, false)]
    [InlineData("contact-create-409", HubSpotErrorKind.Conflict, false)]
    [InlineData("contact-get-404", HubSpotErrorKind.NotFound, false)]
    public async Task Every_refusal_has_its_kind(string fixture, HubSpotErrorKind kind, bool isTransient)
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.AnswerAlways(fixture);

        var fault = await portal.FailureOfAsync(portal.SearchAsync());

        Assert.Equal((kind, isTransient), (fault.Kind, fault.IsTransient));
        Assert.DoesNotContain(CrmPortal.Token, fault.ToString(), StringComparison.Ordinal);
        Assert.All(portal.Log.All, line => Assert.DoesNotContain(CrmPortal.Token, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"properties":{}}""")]
    public async Task A_success_that_cannot_be_read_is_a_failure(string body)
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json(body));

        Assert.Equal(HubSpotErrorKind.Unexpected, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
    }

    [Fact]
    public async Task A_url_too_long_has_its_kind()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json("", 414));

        Assert.Equal(HubSpotErrorKind.TooLong, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
    }

    [Fact]
    public async Task Calls_wait_for_the_window_after_too_many()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-429-burst", "contact-get", "contact-get");

        await portal.PassTimeAsync(portal.ReadAsync());

        Assert.True(Gap(portal, 0, 1) >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Retry_after_is_honoured()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Of("error-429-burst").With("Retry-After", "25"));
        portal.HubSpot.Answer("contact-get");

        await portal.PassTimeAsync(portal.ReadAsync());

        Assert.True(Gap(portal, 0, 1) >= TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Too_many_searches_hold_up_searches_only()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-429-search", "contact-get", "contacts-search");

        var search = portal.SearchAsync();
        Assert.NotNull(await portal.ReadAsync());
        Assert.False(search.IsCompleted);
        await portal.PassTimeAsync(search);

        Assert.True(Gap(portal, 0, 2) >= TimeSpan.FromSeconds(1));
        Assert.Equal(portal.HubSpot.Calls[0].At, portal.HubSpot.Calls[1].At);
    }

    [Fact]
    public async Task A_locked_record_is_tried_again_after_two_seconds()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-423-locked", "contact-get");

        await portal.PassTimeAsync(portal.ReadAsync());

        Assert.True(Gap(portal, 0, 1) >= TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_spent_day_pauses_the_account_and_one_call_an_hour_asks_again()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-429-daily");
        var fault = await portal.FailureOfAsync(portal.ReadAsync());
        Assert.Equal(TimeSpan.FromHours(1), fault.RetryAfter);

        Assert.Equal(HubSpotErrorKind.DailyLimit, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
        Assert.Single(portal.HubSpot.Calls);

        portal.Clock.Advance(TimeSpan.FromHours(1));
        portal.HubSpot.Answer("error-429-daily");
        await portal.FailureOfAsync(portal.ReadAsync());
        await portal.FailureOfAsync(portal.ReadAsync());
        Assert.Equal(2, portal.HubSpot.Calls.Count);

        portal.Clock.Advance(TimeSpan.FromHours(1));
        portal.HubSpot.AnswerAlways("contact-get");
        Assert.NotNull(await portal.ReadAsync());
        Assert.NotNull(await portal.ReadAsync());
    }

    [Fact]
    public async Task A_migration_is_not_waited_for_but_told()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-477-migration");
        var begin = portal.Clock.GetUtcNow();

        var fault = await portal.FailureOfAsync(portal.ReadAsync());

        Assert.Equal(TimeSpan.FromHours(1), fault.RetryAfter);
        Assert.True(portal.Clock.GetUtcNow() - begin < TimeSpan.FromMinutes(1));
        Assert.Equal(HubSpotErrorKind.Migrating, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_given_up()
    {
        await using var portal = new CrmPortal(("HubSpot:Api:RequestTimeout", "00:00:05"), ("HubSpot:Api:MaxAttempts", "2"));
        portal.HubSpot.Otherwise = async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException();
        };

        Assert.Equal(HubSpotErrorKind.Unavailable, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
        Assert.Equal(2, portal.HubSpot.Calls.Count);
    }

    [Fact]
    public async Task A_refused_private_token_is_left_alone_for_a_while_and_reported_once()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-401");

        await portal.FailureOfAsync(portal.ReadAsync());
        var fault = await portal.FailureOfAsync(portal.ReadAsync());

        Assert.Equal(HubSpotErrorKind.Unauthorized, fault.Kind);
        Assert.True(fault.RetryAfter > TimeSpan.FromMinutes(1));
        Assert.Single(portal.HubSpot.Calls);
        Assert.Single(portal.Log.Errors);
    }

    private static TimeSpan Gap(CrmPortal portal, int from, int to) => portal.HubSpot.Calls[to].At - portal.HubSpot.Calls[from].At;
}
