using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Takes over what HubSpot's API says of deals.</summary>
internal sealed class DealSnapshots(RecordEventServices services) : RecordSnapshots<Deal>(services, DealProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Deal;

    protected override Task SettleAsync(IReadOnlyList<Deal> records, CancellationToken cancellationToken) =>
        DealOutcome.SettleAsync(Services.Db, records, cancellationToken);
}
