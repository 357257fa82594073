using System.Net;
using System.Text.Json;

namespace Lucitra.Webhooks.Crm;

/// <summary>Reads what an answer other than 2xx means.</summary>
internal static class HubSpotRefusedCall
{
    private const int Migrating = 477;

    public static HubSpotApiException Read(HubSpotCall call, HttpResponseMessage response, byte[] body, TimeProvider clock)
    {
        var error = Parse(body);
        var kind = KindOf(response.StatusCode, error);
        return new HubSpotApiException(kind, call.Operation)
        {
            Status = response.StatusCode,
            Category = error.SafeCategory(),
            Code = kind == HubSpotErrorKind.Validation ? error.FirstCode() : null,
            CorrelationId = error.SafeCorrelationId(),
            ExistingId = kind == HubSpotErrorKind.Conflict ? error.ExistingId() : null,
            PropertyNames = kind == HubSpotErrorKind.Validation ? error.PropertyNames() : [],
            RetryAfter = RetryAfter(response, clock) ?? WaitFor(kind, error),
            IsSecondly = IsSecondly(error),
            IsOutcomeUnknown = kind == HubSpotErrorKind.Unavailable && !call.IsRepeatable,
        };
    }

    private static ErrorBody Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<ErrorBody>(body, HubSpotJson.Options) ?? new ErrorBody();
        }
        catch (JsonException)
        {
            // Proxies in front of HubSpot answer in HTML; the status says enough.
            return new ErrorBody();
        }
    }

    private static HubSpotErrorKind KindOf(HttpStatusCode status, ErrorBody error) => (int)status switch
    {
        400 => HubSpotErrorKind.Validation,
        401 => HubSpotErrorKind.Unauthorized,
        403 => HubSpotErrorKind.MissingScopes,
        404 => HubSpotErrorKind.NotFound,
        409 => HubSpotErrorKind.Conflict,
        414 => HubSpotErrorKind.TooLong,
        423 => HubSpotErrorKind.Locked,
        429 => IsDaily(error) ? HubSpotErrorKind.DailyLimit : HubSpotErrorKind.RateLimited,
        Migrating => HubSpotErrorKind.Migrating,
        408 or >= 500 => HubSpotErrorKind.Unavailable,
        _ => HubSpotErrorKind.Unexpected,
    };

    private static bool IsDaily(ErrorBody error) =>
        error.PolicyName == "DAILY" || (error.Message ?? "").Contains("daily limit", StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider clock)
    {
        var told = response.Headers.RetryAfter;
        var wait = told?.Delta ?? told?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>What HubSpot's limits come to where it does not tell how long to wait.</summary>
    private static TimeSpan? WaitFor(HubSpotErrorKind kind, ErrorBody error) => kind switch
    {
        HubSpotErrorKind.RateLimited => IsSecondly(error) ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10),
        HubSpotErrorKind.DailyLimit => TimeSpan.FromHours(1),
        HubSpotErrorKind.Migrating => TimeSpan.FromMinutes(5),
        HubSpotErrorKind.Locked => TimeSpan.FromSeconds(2),
        _ => null,
    };

    private static bool IsSecondly(ErrorBody error) =>
        error.PolicyName == "SECONDLY" || (error.Message ?? "").Contains("your secondly limit", StringComparison.OrdinalIgnoreCase);
}
