using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Crm;

internal sealed partial class PortalConnection
{
    /// <summary>Takes up what a failure says about the account; gives the wait before the next attempt, null for none.</summary>
    private TimeSpan? WaitAfter(HubSpotApiException fault, HubSpotCall call, Attempt attempt)
    {
        if (fault.Kind == HubSpotErrorKind.Unauthorized)
            return MayRenew(attempt) ? TimeSpan.Zero : Close(fault, _refusedPause);
        if (fault.Kind == HubSpotErrorKind.Unavailable)
            OpenCircuitIfDown(fault);
        else
            circuit.Answered();

        var wait = fault.RetryAfter ?? TimeSpan.Zero;
        if (fault.Kind == HubSpotErrorKind.DailyLimit)
            return Close(fault, wait);
        if (wait > _longestWait)
            return fault.Kind is HubSpotErrorKind.Migrating or HubSpotErrorKind.RateLimited ? Close(fault, wait) : null;
        if (fault.Kind == HubSpotErrorKind.RateLimited)
            governor.Pause(wait, onlySearches: call.IsSearch && fault.IsSecondly);
        if (!fault.IsTransient || fault.IsOutcomeUnknown || attempt.Number >= options.Api.MaxAttempts)
            return null;
        if (fault.Kind != HubSpotErrorKind.Unavailable)
            return wait;

        var backoff = RetrySchedule.WaitAfter(attempt.Number, options.Api.RetryBaseDelay, _longestBackoff, Random.Shared.NextDouble());
        return backoff > wait ? backoff : wait;
    }

    private bool MayRenew(Attempt attempt)
    {
        if (attempt.HasRenewed || attempt.Token is not { } token || !credentials.Discard(token))
            return false;
        attempt.Number--;
        return attempt.HasRenewed = true;
    }

    private TimeSpan? Close(HubSpotApiException fault, TimeSpan pause)
    {
        if (!circuit.Trip(fault.Kind, pause))
            return null;
        if (fault.Kind == HubSpotErrorKind.Unauthorized)
            Log.WasRefused(logger, name, fault.Message);
        else
            Log.WasClosed(logger, name, pause, fault.Message);
        return null;
    }

    private void OpenCircuitIfDown(HubSpotApiException fault)
    {
        if (circuit.Failed())
            Log.WasClosed(logger, name, options.Api.BreakerPause, fault.Message);
    }

    /// <summary>What a call remembers from one attempt to the next.</summary>
    private sealed class Attempt
    {
        public int Number { get; set; }

        public string? Token { get; set; }

        public bool HasRenewed { get; set; }

        public TimeSpan? Wait { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "HubSpot refused the credentials of {Portal}, connect it again: {Fault}")]
        public static partial void WasRefused(ILogger logger, string portal, string fault);

        [LoggerMessage(2, LogLevel.Warning, "Stopped calling {Portal} for {Pause}: {Fault}")]
        public static partial void WasClosed(ILogger logger, string portal, TimeSpan pause, string fault);
    }
}
