using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Sync;

/// <summary>Section <c>HubSpot:Sync</c>: when records are read from HubSpot, beyond what its webhooks tell.</summary>
internal sealed class SyncOptions
{
    public const string Section = "HubSpot:Sync";

    /// <summary>
    /// How long a record waits to be read after an event that does not tell all: what is asked for meanwhile is read together,
    /// 100 records a call. Time span, default <c>00:00:02</c>, from 0 to 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReadDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long HubSpot's index of links may lag behind its webhooks. Links are read after that, and what changed within it
    /// is not judged by a read. Time span, default <c>00:00:06</c>, from 0 to 5 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LinkLag { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long a record that HubSpot does not find is asked for again before it counts as deleted: its API may lag behind its
    /// webhooks. Time span, default <c>00:00:30</c>, from 0 to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MissingGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Names of HubSpot's sensitive properties that are read when a webhook withholds their value. The access token needs
    /// HubSpot's scope for sensitive data. Default: none.
    /// </summary>
    public string[] SensitiveProperties { get; set; } = [];
}
