using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Applies the webhook events of deals.</summary>
internal sealed class DealEventHandler(RecordEventServices services) : RecordEventHandler<Deal>(services, DealProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Deal;

    protected override Task SettleAsync(IReadOnlyList<Deal> records, CancellationToken cancellationToken) =>
        DealOutcome.SettleAsync(Services.Db, records, cancellationToken);
}
