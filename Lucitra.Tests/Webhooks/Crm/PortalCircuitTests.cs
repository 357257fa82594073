using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class PortalCircuitTests
{
    private static readonly (string, string?)[] _opensAtThree =
        [("HubSpot:Api:BreakerFailures", "3"), ("HubSpot:Api:BreakerPause", "00:00:30"), ("HubSpot:Api:MaxAttempts", "1")];

    [Fact]
    public async Task An_account_that_only_fails_is_not_called_until_one_call_succeeds()
    {
        await using var portal = new CrmPortal(_opensAtThree);
        portal.HubSpot.AnswerAlways("error-502");
        for (var call = 0; call < 3; call++)
            Assert.Equal(HubSpotErrorKind.Unavailable, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);

        var fault = await portal.FailureOfAsync(portal.ReadAsync());
        Assert.Equal((HubSpotErrorKind.CircuitOpen, true), (fault.Kind, fault.IsTransient));
        Assert.Equal(3, portal.HubSpot.Calls.Count);

        // One tries, fails, and closes the account for another pause.
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        await portal.FailureOfAsync(portal.ReadAsync());
        await portal.FailureOfAsync(portal.ReadAsync());
        Assert.Equal(4, portal.HubSpot.Calls.Count);

        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        portal.HubSpot.AnswerAlways("contact-get");
        Assert.NotNull(await portal.ReadAsync());
        Assert.NotNull(await portal.ReadAsync());
    }

    [Fact]
    public async Task Only_one_call_tries_whether_the_account_is_back()
    {
        await using var portal = new CrmPortal(_opensAtThree);
        portal.HubSpot.AnswerAlways("error-502");
        for (var call = 0; call < 3; call++)
            await portal.FailureOfAsync(portal.ReadAsync());
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = new TaskCompletionSource<ApiAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.HubSpot.Otherwise = (_, _) => answer.Task;

        var trial = portal.ReadAsync();
        Assert.Equal(HubSpotErrorKind.CircuitOpen, (await Assert.ThrowsAsync<HubSpotApiException>(() => portal.ReadAsync())).Kind);
        answer.SetResult(ApiAnswer.Of("contact-get"));

        Assert.NotNull(await trial);
        Assert.Equal(4, portal.HubSpot.Calls.Count);
    }

    [Fact]
    public async Task A_trial_that_its_caller_gives_up_leaves_the_next_one_to_try()
    {
        await using var portal = new CrmPortal(_opensAtThree);
        portal.HubSpot.AnswerAlways("error-502");
        for (var call = 0; call < 3; call++)
            await portal.FailureOfAsync(portal.ReadAsync());
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        using var givenUp = new CancellationTokenSource();
        portal.HubSpot.Otherwise = async (_, token) =>
        {
            await givenUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            portal.Client.ReadAsync("contact", "1", [], archived: false, HubSpotCallPriority.Live, givenUp.Token));

        portal.HubSpot.AnswerAlways("contact-get");

        Assert.NotNull(await portal.ReadAsync());
    }

    [Fact]
    public async Task Answers_between_failures_keep_the_account_open()
    {
        await using var portal = new CrmPortal(_opensAtThree);
        portal.HubSpot.Answer("error-502", "error-502", "contact-get-404", "error-502", "error-502", "contact-get");
        for (var call = 0; call < 5; call++)
            await Record.ExceptionAsync(() => portal.PassTimeAsync(portal.ReadAsync()));

        Assert.NotNull(await portal.ReadAsync());
    }
}
