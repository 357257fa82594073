using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.WriteBack;

/// <summary>How far HubSpot has what was written to a record here. Only records that were written to while write-back was on have one.</summary>
internal sealed class HubSpotSync
{
    /// <summary>The record.</summary>
    public Guid RecordId { get; set; }

    /// <summary>`contact` or `deal`.</summary>
    public required string ObjectType { get; set; }

    /// <summary>The HubSpot account that the record is written to; null until the first attempt to create it there.</summary>
    public long? PortalId { get; set; }

    /// <summary>How far the write has come.</summary>
    public HubSpotSyncState State { get; set; }

    /// <summary>When the state last changed.</summary>
    public DateTime ChangedAt { get; set; }

    /// <summary>When the oldest write that HubSpot has not taken was made; of a state that is SYNCED, the last one.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>How often sending it failed since it was last written.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is sent next; null unless it is PENDING.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>Why HubSpot refused the write, or why the last attempt failed; null when there is no such reason.</summary>
    public HubSpotSyncErrorCode? ErrorCode { get; set; }

    /// <summary>The same in words.</summary>
    public string? ErrorMessage { get; set; }

    /// <summary>HubSpot's id of another record that stands in the way; null when there is none.</summary>
    public string? ConflictingHubSpotId { get; set; }

    /// <summary>HubSpot's internal names of the properties it is about: those refused.</summary>
    public IReadOnlyList<string> RefusedProperties { get; set; } = [];

    /// <summary>HubSpot's internal names of the properties that were written here and that HubSpot had changed later, or did not take.</summary>
    public IReadOnlyList<string> OvertakenProperties { get; set; } = [];

    /// <summary>The properties that were written since HubSpot last took everything.</summary>
    public IReadOnlyList<string> WrittenProperties { get; set; } = [];

    /// <summary>Until when a worker has it in hand; null when none has.</summary>
    public DateTime? LeasedUntil { get; set; }

    /// <summary>When the call that may have created it in HubSpot ended at the latest, its id being unknown here; null when HubSpot surely has none.</summary>
    public DateTime? CreatingSince { get; set; }

    /// <summary>What it was created with then; empty otherwise.</summary>
    public IReadOnlyDictionary<string, string> CreatedWith { get; set; } = new Dictionary<string, string>();

    /// <summary>Grows with every change, so that two workers do not take the same row.</summary>
    public int Version { get; set; }

    /// <summary>Moves to another state.</summary>
    public void Enter(HubSpotSyncState state, DateTime now)
    {
        if (State != state)
            ChangedAt = now;
        State = state;
    }
}

/// <summary>How far a write to HubSpot has come.</summary>
internal enum HubSpotSyncState
{
    /// <summary>It waits for its turn, or to be sent again.</summary>
    Pending,

    /// <summary>HubSpot has it.</summary>
    Synced,

    /// <summary>HubSpot does not take it. It is sent again when the record is written to again, or by a mutation.</summary>
    Refused,
}

/// <summary>Why HubSpot does not take a write.</summary>
internal enum HubSpotSyncErrorCode
{
    /// <summary>HubSpot has another record with that e-mail address.</summary>
    Conflict,

    /// <summary>HubSpot does not allow a value.</summary>
    Validation,

    /// <summary>The app lacks a scope.</summary>
    MissingScopes,

    /// <summary>HubSpot has the record no more: it is in its recycle bin, or was deleted for good.</summary>
    Gone,

    /// <summary>HubSpot's API cannot restore a record: somebody has to do it in HubSpot.</summary>
    NotRestorable,

    /// <summary>There are no credentials for the record's account.</summary>
    NoAccount,

    /// <summary>HubSpot does not accept the credentials. It is tried again.</summary>
    Unauthorized,

    /// <summary>HubSpot answered what nobody expects. It is tried again.</summary>
    Unexpected,

    /// <summary>HubSpot cannot be reached, or is at its limits. It is tried again.</summary>
    Unavailable,
}

internal sealed class HubSpotSyncConfiguration : IEntityTypeConfiguration<HubSpotSync>
{
    private const int MaxMessageLength = 500;

    public void Configure(EntityTypeBuilder<HubSpotSync> sync)
    {
        sync.ToTable("outbox");
        sync.HasKey(s => s.RecordId);
        sync.Property(s => s.RecordId).ValueGeneratedNever();
        sync.Property(s => s.ObjectType).HasMaxLength(50);
        sync.Property(s => s.State).HasConversion<UpperSnakeConverter<HubSpotSyncState>>().HasMaxLength(20);
        sync.Property(s => s.ErrorCode).HasConversion<UpperSnakeConverter<HubSpotSyncErrorCode>>().HasMaxLength(20);
        sync.Property(s => s.ErrorMessage).HasMaxLength(MaxMessageLength);
        sync.Property(s => s.ConflictingHubSpotId).HasMaxLength(50);
        sync.Property(s => s.RefusedProperties).IsJson();
        sync.Property(s => s.OvertakenProperties).IsJson();
        sync.Property(s => s.WrittenProperties).IsJson();
        sync.Property(s => s.CreatedWith).IsJson();
        sync.Property(s => s.Version).IsConcurrencyToken();
        sync.HasIndex(s => s.DueAt);
        sync.HasIndex(s => new { s.State, s.ChangedAt });
        sync.HasIndex(s => s.CreatingSince);
    }

    /// <summary>A record's row. It belongs to a contact or to a deal, so there is no constraint in the database (the migrations leave it out).</summary>
    public static void Relate<T>(EntityTypeBuilder<T> record)
        where T : CrmRecord =>
        record.HasOne(r => r.HubSpotSync).WithOne().HasForeignKey<HubSpotSync>(s => s.RecordId).OnDelete(DeleteBehavior.ClientNoAction);
}
