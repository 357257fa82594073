using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Aggregates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>A report with its parameters, kept under a name. Everybody who may read reports sees and changes it.</summary>
internal sealed class SavedReport
{
    public const int MaxNameLength = 200;

    /// <summary>Identifies the saved report.</summary>
    public Guid Id { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>Which report.</summary>
    public ReportName Report { get; set; }

    /// <summary>The last so many days up to the present one; null when `from` and `to` say which.</summary>
    public int? LastDays { get; set; }

    /// <summary>The first day of the range.</summary>
    public DateOnly? From { get; set; }

    /// <summary>The last day of the range.</summary>
    public DateOnly? To { get; set; }

    /// <summary>The IANA name of the time zone; null for UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The spans of the calendar; null for months.</summary>
    public DateBucket? Bucket { get; set; }

    /// <summary>HubSpot's id of the pipeline; null for all.</summary>
    public string? PipelineId { get; set; }

    /// <summary>HubSpot's id of the owner; null for all.</summary>
    public string? OwnerId { get; set; }

    /// <summary>The day at whose end records are taken as they stood; null for the present.</summary>
    public DateOnly? AsOf { get; set; }

    /// <summary>Who saved it.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When it was saved first.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it was changed last.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Grows by one with every change.</summary>
    public int Version { get; set; }

    /// <summary>The parameters as they are at a moment.</summary>
    public ReportParameters Parameters(DateTime now)
    {
        var days = new RangeArguments(From, To, TimeZone, Bucket);
        if (LastDays is { } last)
        {
            var range = days.Resolve(now, last);
            days = days with { From = range.From, To = range.To };
        }

        return new ReportParameters(days, PipelineId, OwnerId, AsOf);
    }
}

internal sealed class SavedReportConfiguration : IEntityTypeConfiguration<SavedReport>
{
    public void Configure(EntityTypeBuilder<SavedReport> saved)
    {
        saved.Property(s => s.Id).ValueGeneratedNever();
        saved.Property(s => s.Name).HasMaxLength(SavedReport.MaxNameLength);
        saved.Property(s => s.Report).HasConversion<UpperSnakeConverter<ReportName>>().HasMaxLength(50);
        saved.Property(s => s.Bucket).HasConversion<UpperSnakeConverter<DateBucket>>().HasMaxLength(20);
        saved.Property(s => s.TimeZone).HasMaxLength(100);
        saved.Property(s => s.PipelineId).HasMaxLength(100);
        saved.Property(s => s.OwnerId).HasMaxLength(100);
        saved.Property(s => s.CreatedBy).HasMaxLength(320);
        saved.Property(s => s.Version).IsConcurrencyToken();
        saved.HasIndex(s => new { s.Name, s.Id });
    }
}

/// <summary>What clients see of a saved report.</summary>
internal sealed class SavedReportType : IEntityDefinition<SavedReport>
{
    public void Define(EntityType<SavedReport> type)
    {
        type.Access(Scopes.AnalyticsRead);
        type.Identified(s => s.Id);
        type.Column(s => s.Name);
        type.Column(s => s.Report);
        type.Column(s => s.LastDays);
        type.Computed(new FieldType { Name = "from", Description = Of(nameof(SavedReport.From)), Type = typeof(LocalDateType) }, (_, s) => s.From, s => s.From);
        type.Computed(new FieldType { Name = "to", Description = Of(nameof(SavedReport.To)), Type = typeof(LocalDateType) }, (_, s) => s.To, s => s.To);
        type.Column(s => s.TimeZone);
        type.Computed(new FieldType { Name = "bucket", Description = Of(nameof(SavedReport.Bucket)), Type = typeof(EnumType<DateBucket>) }, (_, s) => s.Bucket, s => s.Bucket);
        type.Column(s => s.PipelineId);
        type.Column(s => s.OwnerId);
        type.Computed(new FieldType { Name = "asOf", Description = Of(nameof(SavedReport.AsOf)), Type = typeof(LocalDateType) }, (_, s) => s.AsOf, s => s.AsOf);
        type.Column(s => s.CreatedBy);
        type.Column(s => s.CreatedAt);
        type.Column(s => s.UpdatedAt);
        type.Column(s => s.Version);

        static string? Of(string property) => Documentation.Of(typeof(SavedReport).GetProperty(property)!);
    }
}
