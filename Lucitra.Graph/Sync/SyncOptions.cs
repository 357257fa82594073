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

    /// <summary>
    /// How often property definitions, pipelines and owners are read. Time span, default <c>04:00:00</c>, from 1 minute to
    /// 7 days.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan MetadataInterval { get; set; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How often HubSpot is searched for what its webhooks did not tell, by one of all servers. Time span, default
    /// <c>01:00:00</c>, from 1 minute to 7 days; null for never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan? ReconcileInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How far before the last change that it saw a reconciliation begins to search. Time span, default <c>00:05:00</c>,
    /// from 0 to 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ReconcileOverlap { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long HubSpot's search may lag behind a change: so far behind the newest change that it saw does a
    /// reconciliation count as complete. Time span, default <c>00:00:30</c>, from 0 to 1 hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SearchLag { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait before HubSpot shows for certain what an event told.</summary>
    public TimeSpan DelayOf(RecordReadParts parts) => parts.HasFlag(RecordReadParts.Links) ? LinkLag : ReadDelay;
}
