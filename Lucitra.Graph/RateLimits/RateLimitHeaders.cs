using System.Globalization;
using System.Runtime.CompilerServices;

namespace Lucitra.Graph.RateLimits;

/// <summary>The headers <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers.</summary>
internal static class RateLimitHeaders
{
    private const int UsualLength = 256;

    public static void Write(IHeaderDictionary headers, IEnumerable<(RateLimit Limit, RateState State)> states)
    {
        var policy = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        var standing = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[UsualLength]);
        var separator = "";
        foreach (var (limit, state) in states)
        {
            policy.AppendLiteral(separator);
            policy.AppendLiteral(limit.Policy);
            standing.AppendLiteral(separator);
            standing.AppendLiteral("\"");
            standing.AppendLiteral(limit.Name);
            standing.AppendLiteral("\";r=");
            standing.AppendFormatted((long)state.Remaining);
            standing.AppendLiteral(";t=");
            standing.AppendFormatted((long)Math.Ceiling(state.Full.TotalSeconds));
            separator = ", ";
        }

        headers["RateLimit-Policy"] = policy.ToStringAndClear();
        headers["RateLimit"] = standing.ToStringAndClear();
    }
}
