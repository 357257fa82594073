using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>Section <c>Webhooks</c>: limits of a delivery, and how its events are applied.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>
    /// Largest body of a delivery, in bytes; a larger one is answered 413. Default 16777216, from 1024 to 104857600.
    /// A hundred events with the longest text HubSpot keeps come to about 13 MB.
    /// </summary>
    [Range(1_024, 104_857_600)]
    public int MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// Most events of one delivery; more are answered 413. Default 1000, from 100 to 10000. HubSpot sends up to 100.
    /// </summary>
    [Range(100, 10_000)]
    public int MaxEventsPerBatch { get; set; } = 1_000;

    /// <summary>How the queued events are applied.</summary>
    [ValidateObjectMembers]
    public EventWorkerOptions Worker { get; set; } = new();

    /// <summary>How much may be replayed or discarded at once.</summary>
    [ValidateObjectMembers]
    public ReplayOptions Replay { get; set; } = new();

    /// <summary>How long events are kept.</summary>
    [ValidateObjectMembers]
    public RetentionOptions Retention { get; set; } = new();
}
