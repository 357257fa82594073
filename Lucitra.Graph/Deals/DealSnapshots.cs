using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Deals;

/// <summary>Takes over what HubSpot's API says of deals.</summary>
internal sealed class DealSnapshots(RecordEventServices services, MetadataSignal unknownStage) : RecordSnapshots<Deal>(services, DealProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Deal;

    protected override async Task SettleAsync(IReadOnlyList<Deal> records, CancellationToken cancellationToken)
    {
        if (!await DealOutcome.SettleAsync(Services.Db, records, cancellationToken))
            unknownStage.Pulse();
    }
}
