using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Auth.Keys;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Exports;
using Lucitra.Graph.Links;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Graph.Timeline;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lucitra.Graph.Database;

/// <summary>The one model of both databases. What differs between them is abstract here and in <see cref="InboxDbContext"/>.</summary>
internal abstract class LucitraDbContext(DbContextOptions options) : InboxDbContext(options)
{
    protected const string NoHits = """SELECT id AS "Id", CAST(0 AS double precision) AS "Rank" FROM contacts WHERE 1 = 0""";

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<Deal> Deals => Set<Deal>();

    public DbSet<Pipeline> Pipelines => Set<Pipeline>();

    public DbSet<DealStage> DealStages => Set<DealStage>();

    public DbSet<Owner> Owners => Set<Owner>();

    public DbSet<PropertyDefinition> PropertyDefinitions => Set<PropertyDefinition>();

    public DbSet<HubSpotRecord> HubSpotRecords => Set<HubSpotRecord>();

    public DbSet<DealContact> DealContacts => Set<DealContact>();

    public DbSet<HubSpotLink> HubSpotLinks => Set<HubSpotLink>();

    public DbSet<HubSpotSync> HubSpotSyncs => Set<HubSpotSync>();

    public DbSet<RecordRead> RecordReads => Set<RecordRead>();

    public DbSet<SyncCheckpoint> SyncCheckpoints => Set<SyncCheckpoint>();

    public DbSet<RecordChange> RecordChanges => Set<RecordChange>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<SignInAttempts> SignInAttempts => Set<SignInAttempts>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<ApiKeyAddress> ApiKeyAddresses => Set<ApiKeyAddress>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<Export> Exports => Set<Export>();

    public DbSet<SavedReport> SavedReports => Set<SavedReport>();

    public DbSet<Rollup> Rollups => Set<Rollup>();

    public DbSet<RollupDelta> RollupDeltas => Set<RollupDelta>();

    /// <summary>Whether an ascending sort of the database puts null after every value. Where it does not, queries ask for it.</summary>
    public abstract bool SortsNullsLast { get; }

    /// <summary>Column type of JSON documents.</summary>
    protected abstract string JsonColumnType { get; }

    /// <summary>The collation that sorts by code point.</summary>
    protected abstract string CodePointCollation { get; }

    /// <summary>
    /// The first transaction number that may still be running: of every change with a smaller one it is certain that no
    /// other change will come before it.
    /// </summary>
    public abstract Task<long> FirstOpenTransactionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes every change to come count as later than every change before, where a backup was restored: the numbers of
    /// transactions start anew on another server.
    /// </summary>
    /// <param name="always">
    /// Also where nothing here tells that it was: changes that clients saw and the backup lacks are then before those to come, too.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract Task AdoptRestoredChangesAsync(bool always, CancellationToken cancellationToken);

    /// <summary>
    /// Runs work that changes the schema, one process at a time: others wait. A process that is killed holds nobody up.
    /// Creates the database where it is missing.
    /// </summary>
    public abstract Task AloneOnSchemaAsync(Func<Task> work, CancellationToken cancellationToken);

    /// <summary>
    /// Holds other transactions that ask for the same key until the current one ends, and then says whether a query of numbers,
    /// called <c>"Value"</c>, finds any.
    /// </summary>
    public abstract Task<bool> LockToFindAsync(string key, FormattableString query, CancellationToken cancellationToken);

    /// <summary>Reads a record that stays as it is, archived or merged by nobody, until the current transaction ends.</summary>
    public abstract IQueryable<T> Held<T>(Guid id)
        where T : CrmRecord;

    /// <summary>Reads a record that only the current transaction writes until it ends; waits for others who write or hold it.</summary>
    public abstract IQueryable<T> HeldAlone<T>(Guid id)
        where T : CrmRecord;

    /// <summary>Runs work that one server does at a time; false, and nothing done, while another server does it.</summary>
    public abstract Task<bool> RunAloneAsync(string key, Func<Task> work, CancellationToken cancellationToken);

    /// <summary>Makes room for the events of this month and the next two, where the table of events is divided by month.</summary>
    public abstract Task AddEventMonthsAsync(DateOnly today, CancellationToken cancellationToken);

    /// <summary>
    /// Removes whole months in which every event is past its time, where the table of events is divided by month, and
    /// names them.
    /// </summary>
    /// <param name="today">The present day in UTC.</param>
    /// <param name="kept">By final status: events that reached it at this time or later are kept; null keeps all of them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public abstract Task<List<string>> DropEventMonthsAsync(
        DateOnly today, IReadOnlyDictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken);

    /// <summary>
    /// The records of a table that a search for words finds: each word is the beginning of one in the record. Only
    /// letters and digits may be in words; no words find nothing.
    /// </summary>
    public abstract IQueryable<SearchHit> Search(string table, IReadOnlyList<string> words);

    /// <summary>The aggregate function that sums decimals exactly.</summary>
    public abstract string ExactSum { get; }

    /// <summary>The function that makes rows, with a column <c>value</c>, of the items of a JSON document that is a list.</summary>
    public abstract string JsonItems { get; }

    /// <summary>Puts rows into a table in the fastest way, past change tracking; says how many.</summary>
    public abstract Task<long> AddRowsAsync(BulkTable table, CancellationToken cancellationToken);

    /// <summary>Folds the oldest deltas into their rollups, in one transaction; says how many.</summary>
    public abstract Task<int> FoldRollupDeltasAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Begins a transaction whose reads all see the database as it was at the first of them.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Has the current transaction, which must not have read anything yet, see the database as it is now to its end.</summary>
    public abstract Task FreezeReadsAsync(CancellationToken cancellationToken);

    /// <summary>Saves, and in the same transaction writes down what the changes mean for the rollups.</summary>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        TrackedChanges.SaveAsync(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);

    /// <summary>
    /// Saves what the current transaction adds to rollups and takes from them and, of what the context tracks, what the database
    /// takes better in sets than row by row; says how many tracked rows it was.
    /// </summary>
    public abstract Task<int> SaveSetsAsync(IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(LucitraDbContext).Assembly);
        DateBuckets.Map(modelBuilder);
        PropertyFunctions.Map(modelBuilder, CodePointCollation);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase.Of(entity.GetTableName() ?? entity.ClrType.Name));
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(SnakeCase.Of(property.Name));
                if (property.FindAnnotation(JsonColumn.Annotation) is not null)
                    property.SetColumnType(JsonColumnType);
                Adapt(property);
            }
        }
    }

    /// <summary>Last word of the provider on a property's mapping.</summary>
    protected abstract void Adapt(IMutableProperty property);
}
