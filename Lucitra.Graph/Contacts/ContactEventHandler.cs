using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Contacts;

/// <summary>Applies the webhook events of contacts.</summary>
internal sealed class ContactEventHandler(RecordEventServices services, RecordErasure erasure)
    : RecordEventHandler<Contact>(services, ContactProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Contact;

    protected override Task<IReadOnlyCollection<RecordKey>> EraseAsync(RecordKey key, RecordEdit<Contact>? known, Stamp stamp, CancellationToken cancellationToken) =>
        erasure.EraseAsync(key, known, stamp, cancellationToken);
}
