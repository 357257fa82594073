using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Contacts;

/// <summary>Applies the webhook events of contacts.</summary>
internal sealed class ContactEventHandler(LucitraDbContext db, RecordJournal journal, TimeProvider clock)
    : RecordEventHandler<Contact>(db, journal, clock, ContactProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Contact;
}
