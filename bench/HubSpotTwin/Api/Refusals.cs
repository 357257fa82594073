using System.Text.Json.Nodes;

namespace Lucitra.Twin.Api;

/// <summary>Every way in which HubSpot says no.</summary>
internal static class Refusals
{
    public const string CorrelationId = "7c1d2f7e-3f0a-4b8e-9d55-0a6be61f2a10";

    public static ApiAnswer Unauthorized() => Error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 "
        + "authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview") with
    { TellsLimits = false };

    public static ApiAnswer NotFound() => Error(404, "OBJECT_NOT_FOUND", "resource not found");

    public static ApiAnswer Conflict(long existingId) => Error(409, "CONFLICT", $"Contact already exists. Existing ID: {existingId}");

    public static ApiAnswer Locked() => Error(423, "LOCKED", "resource is locked");

    public static ApiAnswer Malformed(string message) => Error(400, "VALIDATION_ERROR", message);

    public static ApiAnswer BadSearch() => Malformed("There was a problem with the request.") with { TellsLimits = false };

    public static ApiAnswer BadGateway() => new(502) { Html = "<html><body><h1>502 Bad Gateway</h1></body></html>", TellsLimits = false };

    public static ApiAnswer Migrating(TimeSpan retryAfter) => new(477, new JsonObject
    {
        ["status"] = "error",
        ["message"] = "This account is being migrated",
        ["correlationId"] = CorrelationId,
    })
    { TellsLimits = false, RetryAfter = retryAfter };

    public static ApiAnswer TooMany(string limit, long appId, long portalId)
    {
        var policy = limit switch { "ten_secondly_rolling" => "TEN_SECONDLY_ROLLING", "daily" => "DAILY", _ => "SECONDLY" };
        var body = new JsonObject
        {
            ["status"] = "error",
            ["message"] = $"You have reached your {limit} limit.",
            ["errorType"] = "RATE_LIMIT",
            ["correlationId"] = CorrelationId,
            ["policyName"] = policy,
        };
        if (policy == "TEN_SECONDLY_ROLLING")
            body["groupName"] = $"publicapi:private_app-api-calls-ten-secondly:{appId}:{portalId}";
        if (policy == "DAILY")
            body["requestId"] = "d0e7a1c5-53b1-4f5f-9a55-6a1d4f0b9d77";
        return new ApiAnswer(429, body) { TellsLimits = policy != "SECONDLY" };
    }

    public static ApiAnswer InvalidProperty(InvalidValue invalid, long portalId) => new(400, new JsonObject
    {
        ["status"] = "error",
        ["message"] = invalid.Message(portalId),
        ["correlationId"] = CorrelationId,
        ["errors"] = new JsonArray(new JsonObject
        {
            ["message"] = invalid.Text,
            ["code"] = invalid.Code,
            ["context"] = new JsonObject { ["propertyName"] = new JsonArray(invalid.Name) },
        }),
        ["category"] = "VALIDATION_ERROR",
    });

    private static ApiAnswer Error(int status, string category, string message) => new(status, new JsonObject
    {
        ["status"] = "error",
        ["message"] = message,
        ["correlationId"] = CorrelationId,
        ["category"] = category,
    });
}
