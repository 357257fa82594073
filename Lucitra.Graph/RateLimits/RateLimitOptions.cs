using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.RateLimits;

/// <summary>
/// Section <c>RateLimits</c>: how much <c>/graphql</c> and <c>/api/v1</c> take from one caller and from one address. Each
/// server counts for itself: behind n of them a caller gets up to n times as much. Webhooks, Pub/Sub's pushes, health and
/// the pages' own files are never limited.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Whether there are limits. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Requests of one caller a minute, each operation of a WebSocket counted too. All of them may come at once; what was
    /// used comes back evenly over the minute. Default 6000; 1 to 1000000000.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int CallerRequestsPerMinute { get; set; } = 6000;

    /// <summary>
    /// The field cost of all operations of one caller a minute, as the header <c>GraphQL-Cost: report</c> tells it; every
    /// operation of a batch counts. Default 600000, at least <c>GraphQL:Cost:MaxFieldCost</c>.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int CallerCostPerMinute { get; set; } = 600_000;

    /// <summary>
    /// Requests from one address a minute, whoever makes them, before anybody looks at their credentials. IPv6 addresses
    /// with the same first 64 bits count as one. Default 12000; 1 to 1000000000. Behind a proxy <c>Http:TrustedProxies</c>
    /// must name it, or everybody has its address.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int AddressRequestsPerMinute { get; set; } = 12_000;

    /// <summary>How many callers, and how many addresses, are remembered; the one not heard of for the longest time leaves first. Default 100000; 100 to 10000000.</summary>
    [Range(100, 10_000_000)]
    public int MaxTracked { get; set; } = 100_000;
}
