using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Exports;

/// <summary>A file that is made in the background. `exportLink` gives the address of its content.</summary>
internal sealed class Export
{
    /// <summary>Identifies the export.</summary>
    public Guid Id { get; set; }

    /// <summary>What is exported.</summary>
    public ExportKind Kind { get; set; }

    /// <summary>The format of the file.</summary>
    public ExportFormat Format { get; set; }

    /// <summary>How far it is.</summary>
    public ExportStatus Status { get; set; }

    /// <summary>Which report; null for records.</summary>
    public ReportName? Report { get; set; }

    /// <summary>What it was asked for, as a document.</summary>
    public required ExportParameters Parameters { get; set; }

    /// <summary>How many rows are written so far.</summary>
    public long Rows { get; set; }

    /// <summary>How many rows there will be, as counted at the start; null until then.</summary>
    public long? TotalRows { get; set; }

    /// <summary>How long the file is; null until it is complete.</summary>
    public long? Bytes { get; set; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Reason { get; set; }

    /// <summary>Who asked for it.</summary>
    public required string RequestedBy { get; set; }

    /// <summary>What a caller needs to read it.</summary>
    public Scopes Needs { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was asked for.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it was begun last.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>When it was completed or given up.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>When the file is deleted; null until it is complete.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>Until when the server that works on it is taken to be alive.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>The name of the file in the store.</summary>
    public string FileName => $"exports/{Id:N}.{Extension}";

    /// <summary>What browsers call the file.</summary>
    public string DownloadName => $"{(Report?.ToString() ?? Kind.ToString()).ToLowerInvariant()}-{CreatedAt:yyyy-MM-dd}.{Extension}";

    private string Extension => Format.ToString().ToLowerInvariant();
}

/// <summary>What is exported.</summary>
internal enum ExportKind
{
    /// <summary>The rows of a report.</summary>
    Report,

    /// <summary>Contacts.</summary>
    Contacts,

    /// <summary>Deals.</summary>
    Deals,
}

/// <summary>The format of an exported file.</summary>
internal enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180) in UTF-8, with a line of names. Text that a spreadsheet would take for a formula has an apostrophe before it.</summary>
    Csv,

    /// <summary>A JSON object on each line.</summary>
    Ndjson,

    /// <summary>Apache Parquet, with typed columns.</summary>
    Parquet,
}

/// <summary>How far an export is.</summary>
internal enum ExportStatus
{
    /// <summary>It waits to be begun, or to be begun again.</summary>
    Queued,

    /// <summary>It is being written.</summary>
    Running,

    /// <summary>The file is there.</summary>
    Completed,

    /// <summary>It was given up; `reason` says why.</summary>
    Failed,

    /// <summary>The file was there and is deleted.</summary>
    Expired,
}

internal sealed class ExportConfiguration : IEntityTypeConfiguration<Export>
{
    public void Configure(EntityTypeBuilder<Export> export)
    {
        export.Property(e => e.Id).ValueGeneratedNever();
        export.Property(e => e.Kind).HasConversion<UpperSnakeConverter<ExportKind>>().HasMaxLength(20);
        export.Property(e => e.Format).HasConversion<UpperSnakeConverter<ExportFormat>>().HasMaxLength(20);
        export.Property(e => e.Status).HasConversion<UpperSnakeConverter<ExportStatus>>().HasMaxLength(20);
        export.Property(e => e.Report).HasConversion<UpperSnakeConverter<ReportName>>().HasMaxLength(50);
        export.Property(e => e.Parameters).IsJson();
        export.Property(e => e.RequestedBy).HasMaxLength(320);
        export.Ignore(e => e.FileName);
        export.Ignore(e => e.DownloadName);
        export.HasIndex(e => new { e.Status, e.CreatedAt });
    }
}

/// <summary>What clients see of an export.</summary>
internal sealed class ExportType : IEntityDefinition<Export>
{
    public void Define(EntityType<Export> type)
    {
        type.Access(Scopes.AnalyticsRead);
        type.Identified(e => e.Id);
        type.Column(e => e.Kind);
        type.Column(e => e.Format);
        type.Column(e => e.Status);
        type.Column(e => e.Rows);
        type.Column(e => e.TotalRows);
        type.Column(e => e.Bytes);
        type.Column(e => e.Reason);
        type.Column(e => e.RequestedBy);
        type.Column(e => e.Attempts);
        type.Column(e => e.CreatedAt);
        type.Column(e => e.StartedAt);
        type.Column(e => e.FinishedAt);
        type.Column(e => e.ExpiresAt);
    }
}
