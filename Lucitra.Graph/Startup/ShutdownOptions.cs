using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Startup;

/// <summary>Section <c>Shutdown</c>: how a server that is told to stop (SIGTERM) takes leave.</summary>
internal sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    /// <summary>
    /// How long it goes on taking requests after the signal, while <c>/health/ready</c> says that it leaves and every answer
    /// closes its connection, so that a load balancer sends new requests elsewhere. Longer than the balancer needs to notice. Time
    /// span, default <c>00:00:02</c>, from 0 to 5 minutes; SIGINT (Ctrl+C) stops without it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after the signal whatever still runs is cut off: less than the platform waits before it kills, which is 10 seconds
    /// on Cloud Run. Time span, default <c>00:00:07</c>, from 1 second to 1 hour, more than <c>DrainDelay</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(7);
}
