using System.Globalization;

namespace Lucitra.Webhooks.Crm;

/// <summary>HubSpot's own count of calls, from an answer's headers. Answers to searches have none.</summary>
internal sealed record ToldLimits(int? Max, int? Remaining, int? Daily, int? DailyRemaining)
{
    public static ToldLimits Of(HttpResponseMessage response) => new(
        Number(response, "X-HubSpot-RateLimit-Max"),
        Number(response, "X-HubSpot-RateLimit-Remaining"),
        Number(response, "X-HubSpot-RateLimit-Daily"),
        Number(response, "X-HubSpot-RateLimit-Daily-Remaining"));

    private static int? Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values)
        && int.TryParse(values.First(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
