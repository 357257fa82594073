using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Contacts;

/// <summary>Everything about contacts.</summary>
internal static class ContactsModule
{
    public static IServiceCollection AddContacts(this IServiceCollection services) => services
        .AddSingleton<IEntityDefinition<Contact>, ContactType>()
        .AddSingleton<ContactQueries>()
        .AddSingleton<ContactMutations>()
        .AddSingleton<ISchemaModule, ContactFields>()
        .AddScoped<IHubSpotEventHandler, ContactEventHandler>()
        .AddScoped<IRecordSnapshots, ContactSnapshots>();

    public static void MapContacts(this RestEndpoints rest)
    {
        rest.Get("/contacts", "ListContacts");
        rest.Get("/contacts/{id}", "GetContact");
        rest.Post("/contacts", "CreateContact");
        rest.Patch("/contacts/{id}", "UpdateContact");
        rest.Put("/contacts/{id}", "UpdateContact");
        rest.Delete("/contacts/{id}", "ArchiveContact");
        rest.Post("/contacts/{id}/restore", "RestoreContact");
    }
}

/// <summary>What contacts add to the schema.</summary>
internal sealed class ContactFields(EntityReader reader, AggregateField aggregates, ContactQueries queries, ContactMutations mutations, ChangeFeed feed) : ISchemaModule
{
    private const string Searched = "email, names, phone, company, job title and owner";

    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<Contact>(reader, "contacts", "The contacts. Archived ones are left out unless `where` names `archivedAt`.",
            Searched, Scopes.ContactsReadPersonal);
        query.ById<Contact>("contactById", "The contact with this id, archived or not; null when there is none.");
        queries.Extend(query);
        query.AddField(aggregates.Of<Contact>("contactsAggregate", "Figures over the contacts, in groups. Archived ones are left out unless `where` names `archivedAt`.", Searched, Scopes.ContactsReadPersonal));
        mutations.Extend(mutation);
        subscription.OnChanged<Contact>(feed, "onContactChanged", "A contact, each time it was created, changed or archived, as it is by then.");
    }
}
