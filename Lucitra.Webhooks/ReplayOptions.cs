using System.ComponentModel.DataAnnotations;

namespace Lucitra.Webhooks;

/// <summary>Section <c>Webhooks:Replay</c>: limits of <c>replayWebhookEvents</c> and <c>discardWebhookEvents</c>.</summary>
public sealed class ReplayOptions
{
    /// <summary>Most events of one call. Default 10000, from 1 to 100000.</summary>
    [Range(1, 100_000)]
    public int MaxEvents { get; set; } = 10_000;

    /// <summary>
    /// Most events of all calls to one server within a minute. Default 50000, from 1 to 10000000, not below <c>MaxEvents</c>.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxEventsPerMinute { get; set; } = 50_000;
}
