using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How long audit entries are kept; null keeps them for ever. Time span, default <c>400.00:00:00</c>, from 1 day to 100 years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan? Retention { get; set; } = TimeSpan.FromDays(400);
}
