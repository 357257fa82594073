using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Reads what HubSpot says of all records: definitions of properties, pipelines with their stages, and owners. All accounts
/// share the tables: where two use one id, the account with the greater id prevails.
/// </summary>
internal sealed partial class HubSpotMetadata(
    HubSpotPortals portals, InboxTransactions transactions, PropertyRegistry registry, IDbContextFactory<LucitraDbContext> contexts, ILogger<HubSpotMetadata> logger)
{
    private const string Lock = "hubspot-metadata";
    private const int DealsPerTransaction = 500;

    /// <summary>Reads the metadata of all accounts, and settles the deals whose stage has another outcome than they have.</summary>
    public async Task RefreshAsync(HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var all = new List<PortalMetadata>();
        foreach (var portal in await portals.AllAsync(cancellationToken))
            all.Add(await PortalMetadata.ReadAsync(portal, priority, cancellationToken));

        await transactions.RunAsync(
            async (services, token) =>
            {
                var db = services.GetRequiredService<LucitraDbContext>();
                await db.LockAsync(Lock, token);
                var tables = await MetadataTables.LoadAsync(db, token);
                foreach (var metadata in all)
                    tables.Take(metadata);
                if (all.Count > 0)
                    await tables.DropUnusedAsync(token);
                return true;
            },
            cancellationToken);
        registry.Forget();
        var settled = await SettleAsync(cancellationToken);
        Log.Refreshed(logger, all.Count, settled);
    }

    // By what the deals are, not by what changed: whoever was killed half-way leaves the rest to the next.
    private async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        List<Guid> open;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var unsettled =
                from deal in db.Deals
                from stage in db.DealStages
                where deal.StageId == stage.HubSpotId && (deal.IsClosed != stage.IsClosed || deal.IsWon != stage.IsWon)
                where deal.PipelineId == stage.PipelineId
                    || (deal.PipelineId == null && db.DealStages.Count(other => other.HubSpotId == stage.HubSpotId) == 1)
                select deal.Id;
            open = await unsettled.ToListAsync(cancellationToken);
        }

        var settled = 0;
        foreach (var ids in open.Chunk(DealsPerTransaction))
            settled += await transactions.RunAsync((services, token) => SettleAsync(services, ids, token), cancellationToken);
        return settled;
    }

    private static async Task<int> SettleAsync(IServiceProvider services, Guid[] ids, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<LucitraDbContext>();
        var deals = await db.Deals.Where(deal => ids.Contains(deal.Id)).ToListAsync(cancellationToken);
        var edits = await DealOutcome.ResettleAsync(db, deals, services.GetRequiredService<TimeProvider>().UtcNow(), cancellationToken);
        return services.GetRequiredService<RecordJournal>().Write(db, edits);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Read properties, pipelines and owners of {Portals} HubSpot accounts and settled {Deals} deals anew")]
        public static partial void Refreshed(ILogger logger, int portals, int deals);
    }
}
