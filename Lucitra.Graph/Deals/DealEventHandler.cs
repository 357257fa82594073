using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Applies the webhook events of deals.</summary>
internal sealed class DealEventHandler(RecordEventServices services, MetadataSignal unknownStage) : RecordEventHandler<Deal>(services, DealProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Deal;

    protected override async Task SettleAsync(IReadOnlyList<Deal> records, CancellationToken cancellationToken)
    {
        if (!await DealOutcome.SettleAsync(Services.Db, records, cancellationToken))
            unknownStage.Pulse();
    }
}
