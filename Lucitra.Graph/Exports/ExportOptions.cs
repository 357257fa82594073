using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Exports;

/// <summary>How exports are made and kept.</summary>
internal sealed class ExportOptions
{
    public const string Section = "Exports";

    /// <summary>How long a file is kept after it is complete; from a minute to a year.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a link to a file holds; from a minute to seven days, which is the most that Cloud Storage takes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>After how long without a sign of life another server begins an export anew; from ten seconds to an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often an export is begun before it is given up; from 1 to 10.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How many exports may wait or run at once; more are refused. From 1 to 1000.</summary>
    [Range(1, 1000)]
    public int MaxPending { get; set; } = 50;
}
