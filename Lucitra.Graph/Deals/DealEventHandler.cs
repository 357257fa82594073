using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Applies the webhook events of deals.</summary>
internal sealed class DealEventHandler(LucitraDbContext db, RecordJournal journal, TimeProvider clock)
    : RecordEventHandler<Deal>(db, journal, clock, DealProperties.Columns)
{
    private readonly LucitraDbContext _db = db;

    public override string ObjectType => HubSpotObjectTypes.Deal;

    protected override Task SettleAsync(IReadOnlyList<Deal> records, CancellationToken cancellationToken) =>
        DealOutcome.SettleAsync(_db, records, cancellationToken);
}
