using System.Globalization;
using System.Net;
using System.Security.Claims;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.RateLimits;

/// <summary>The limits of this server: by caller, by address, and by the cost of operations.</summary>
internal sealed class RateLimiter
{
    public const string RetryAfter = "retryAfter";

    private readonly bool _enabled;
    private readonly TokenBuckets _callers;
    private readonly TokenBuckets _costs;
    private readonly TokenBuckets _addresses;

    public RateLimiter(IOptions<RateLimitOptions> options, TimeProvider time)
    {
        var limits = options.Value;
        _enabled = limits.Enabled;
        _callers = Buckets("caller", limits.CallerRequestsPerMinute, nameof(limits.CallerRequestsPerMinute));
        _costs = Buckets("cost", limits.CallerCostPerMinute, nameof(limits.CallerCostPerMinute), "graphql-cost");
        _addresses = Buckets("address", limits.AddressRequestsPerMinute, nameof(limits.AddressRequestsPerMinute));

        TokenBuckets Buckets(string name, int quota, string setting, string? unit = null) =>
            new(new(name, quota, $"{RateLimitOptions.Section}:{setting}", unit), limits.MaxTracked, time);
    }

    /// <summary>Counts a request from an address; returns the error to answer with, or null.</summary>
    public CodedError? TakeAddress(IPAddress? address) => Take(_addresses, KeyOf(address), 1);

    /// <summary>Counts a request of a caller; one that nobody knows is counted by address alone.</summary>
    public CodedError? TakeRequest(ClaimsPrincipal? caller) => IsKnown(caller) ? Take(_callers, Caller.SubjectOf(caller), 1) : null;

    /// <summary>Counts the cost of an operation.</summary>
    public CodedError? TakeCost(ClaimsPrincipal? caller, double cost) => IsKnown(caller) ? Take(_costs, Caller.SubjectOf(caller), cost) : null;

    /// <summary>The limits that hold for the request, and how they stand.</summary>
    public IEnumerable<(RateLimit Limit, RateState State)> StatesOf(HttpContext context)
    {
        if (IsKnown(context.User))
        {
            var subject = Caller.SubjectOf(context.User);
            yield return (_callers.Limit, _callers.Look(subject));
            yield return (_costs.Limit, _costs.Look(subject));
        }

        yield return (_addresses.Limit, _addresses.Look(KeyOf(context.Connection.RemoteIpAddress)));
    }

    private static bool IsKnown(ClaimsPrincipal? caller) => caller?.Identity is { IsAuthenticated: true };

    private static string KeyOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();

        // Whoever has one IPv6 address has its whole /64.
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? address.ToString() : Convert.ToHexString(bytes.AsSpan(0, 8));
    }

    private CodedError? Take(TokenBuckets buckets, string key, double cost)
    {
        if (!_enabled || buckets.Take(key, cost) is not { Allowed: false } state)
            return null;

        var seconds = (int)Math.Ceiling(state.Retry.TotalSeconds);
        return new(
            ErrorCodes.RateLimited,
            string.Create(CultureInfo.InvariantCulture, $"Too much at once: {buckets.Limit.Setting} allows {buckets.Limit.Quota}. Try again in {seconds} s."),
            new Dictionary<string, object?> { ["limit"] = buckets.Limit.Name, [RetryAfter] = seconds });
    }
}
