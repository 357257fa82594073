using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Contacts;

/// <summary>Takes over what HubSpot's API says of contacts.</summary>
internal sealed class ContactSnapshots(RecordEventServices services) : RecordSnapshots<Contact>(services, ContactProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Contact;
}
