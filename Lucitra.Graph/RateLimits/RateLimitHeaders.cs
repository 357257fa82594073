using System.Globalization;

namespace Lucitra.Graph.RateLimits;

/// <summary>The headers <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers.</summary>
internal static class RateLimitHeaders
{
    public static void Write(IHeaderDictionary headers, IReadOnlyCollection<(RateLimit Limit, RateState State)> states)
    {
        headers["RateLimit-Policy"] = string.Join(", ", states.Select(entry => Policy(entry.Limit)));
        headers["RateLimit"] = string.Join(", ", states.Select(entry => Remaining(entry.Limit, entry.State)));
    }

    private static string Policy(RateLimit limit)
    {
        var policy = string.Create(CultureInfo.InvariantCulture, $"\"{limit.Name}\";q={limit.Quota};w={RateLimit.WindowSeconds}");
        return limit.Unit is null ? policy : $"{policy};qu=\"{limit.Unit}\"";
    }

    private static string Remaining(RateLimit limit, RateState state) => string.Create(
        CultureInfo.InvariantCulture, $"\"{limit.Name}\";r={(long)state.Remaining};t={(long)Math.Ceiling(state.Full.TotalSeconds)}");
}
