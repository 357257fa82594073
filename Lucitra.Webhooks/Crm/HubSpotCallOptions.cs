using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Crm;

/// <summary>Section <c>HubSpot:Api</c>: how fast HubSpot's API is called, and what happens when it fails.</summary>
public sealed class HubSpotCallOptions
{
    /// <summary>
    /// Calls that HubSpot allows the app in ten seconds, per account. Null by default: what HubSpot's answers say, and until
    /// the first of them 190 for a private app and 110 for a public one. From 1 to 10000; a smaller number in HubSpot's answers wins.
    /// </summary>
    [Range(1, 10_000)]
    public int? CallsPerTenSeconds { get; set; }

    /// <summary>Searches that HubSpot allows an account in a second. Default 5, from 1 to 100.</summary>
    [Range(1, 100)]
    public int SearchesPerSecond { get; set; } = 5;

    /// <summary>
    /// Part of both limits that this process uses. Default 0.8, from 0.01 to 1. Processes do not know of each other: of four
    /// that call the same account, give each a quarter.
    /// </summary>
    [Range(0.01, 1.0)]
    public double LimitShare { get; set; } = 0.8;

    /// <summary>Part of its share that reading whole accounts may use, so that other calls find room. Default 0.6, from 0.01 to 1.</summary>
    [Range(0.01, 1.0)]
    public double BackfillShare { get; set; } = 0.6;

    /// <summary>Most calls to one account at a time. Default 8, from 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxParallelCalls { get; set; } = 8;

    /// <summary>How long an answer may take. Time span, default <c>00:00:30</c>, from 1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a call that may be repeated is tried before it fails. Default 4, from 1 to 20.</summary>
    [Range(1, 20)]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>
    /// Upper bound of the wait after the first failure; it doubles with every further one up to 10 seconds, and the wait itself is
    /// drawn at random below the bound. Time span, default <c>00:00:00.500</c>, from 1 ms to 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan RetryBaseDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// After so many failures in a row, without any answer but 5xx, an account is not called for <c>BreakerPause</c>. Default 20, from
    /// 1 to 1000.
    /// </summary>
    [Range(1, 1_000)]
    public int BreakerFailures { get; set; } = 20;

    /// <summary>
    /// How long an account is not called; then one call tries whether it is there again. Time span, default <c>00:00:30</c>, from
    /// 10 ms to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Paths of the API, which hold its version.</summary>
    [ValidateObjectMembers]
    public HubSpotApiPaths Paths { get; set; } = new();
}
