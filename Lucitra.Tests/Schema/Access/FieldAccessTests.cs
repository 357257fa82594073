using System.Text.Json;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Access;

public sealed class FieldAccessTests
{
    private const Scopes Viewer = Scopes.ContactsRead | Scopes.DealsRead | Scopes.AnalyticsRead;

    private static readonly Guid _contact = Guid.Parse("01930000-0000-7000-8000-000000000001");
    private static readonly Guid _deal = Guid.Parse("01930000-0000-7000-8000-000000000002");

    [SkippableTheory, BothDatabases]
    public async Task Callers_get_what_their_scopes_allow(string database)
    {
        await using var app = await StartAsync(database);
        var contact = NodeId("Contact", _contact);
        (Scopes Caller, string Query, string Expected)[] cases =
        [
            // The same contact by every way that leads to it.
            (Scopes.DealsRead, "{ contacts { totalCount } }", "contacts AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, "{ contacts { nodes { firstName } } }", "contacts AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, $$"""{ node(id: "{{contact}}") { id } }""", "node AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, $$"""{ nodes(ids: ["{{contact}}"]) { id } }""", "nodes AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, $$"""{ contactById(id: "{{contact}}") { id } }""", "contactById AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, "{ contactsAggregate { groups { count } } }", "contactsAggregate AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, "{ deals { nodes { name contacts { totalCount } } } }", "deals.nodes.0.contacts AUTH_NOT_AUTHORIZED"),
            (Scopes.DealsRead, "{ deals { nodes { name } } }", """{"deals":{"nodes":[{"name":"Engine"}]}}"""),
            (Scopes.ContactsRead, "{ contacts { nodes { firstName deals { totalCount } } } }", "contacts.nodes.0.deals AUTH_NOT_AUTHORIZED"),
            (Scopes.ContactsRead, "{ pipelines { totalCount } }", "pipelines AUTH_NOT_AUTHORIZED"),

            // Masked, and not to be found out by other means.
            (Viewer, "{ contacts { nodes { firstName email phone } } }", """{"contacts":{"nodes":[{"firstName":"Ada","email":"***","phone":null}]}}"""),
            (Viewer, $$"""{ node(id: "{{contact}}") { ... on Contact { email } } }""", """{"node":{"email":"***"}}"""),
            (Viewer, """{ contacts { nodes { properties(names: ["email", "jobtitle", "note", "mobilephone"]) { value } } } }""",
                """{"contacts":{"nodes":[{"properties":[{"value":"***"},{"value":"Countess"},{"value":"***"},{"value":"***"}]}]}}"""),
            (Viewer, """{ contacts(where: { email: { startsWith: "a" } }) { totalCount } }""", "contacts AUTH_NOT_AUTHORIZED where.email"),
            (Viewer, """{ contacts(where: { or: [{ and: [{ phone: { eq: "1" } }] }] }) { totalCount } }""", "contacts AUTH_NOT_AUTHORIZED where.or.and.phone"),
            (Viewer, """{ contacts(where: { property: [{ name: "hs_additional_emails", string: { eq: "a" } }] }) { totalCount } }""", "contacts AUTH_NOT_AUTHORIZED where.property"),
            (Viewer, """{ deals(where: { contacts: { some: { email: { eq: "a" } } } }) { totalCount } }""", "deals AUTH_NOT_AUTHORIZED where.contacts.some.email"),
            (Viewer, "{ contacts(order: [{ email: ASC }]) { totalCount } }", "contacts AUTH_NOT_AUTHORIZED order.email"),
            (Viewer, """{ contacts(order: [{ property: [{ name: "Work_Email", direction: ASC }] }]) { totalCount } }""", "contacts AUTH_NOT_AUTHORIZED order.property"),
            (Viewer, """{ contacts(search: "ada") { totalCount } }""", "contacts AUTH_NOT_AUTHORIZED search"),
            (Viewer, """{ contactByEmail(email: "ada@northwharf.example") { id } }""", "contactByEmail AUTH_NOT_AUTHORIZED"),
            (Viewer, "{ contactsAggregate(groupBy: [{ field: EMAIL }]) { groups { count } } }", "contactsAggregate AUTH_NOT_AUTHORIZED groupBy.field"),
            (Viewer, """{ contactsAggregate(having: { min: { email: { eq: "a" } } }) { groups { count } } }""", "contactsAggregate AUTH_NOT_AUTHORIZED having.min.email"),
            (Viewer, "{ contactsAggregate { groups { count min { email firstName } } } }", """{"contactsAggregate":{"groups":[{"count":1,"min":{"email":"***","firstName":"Ada"}}]}}"""),
            (Viewer, """{ contacts(where: { firstName: { eq: "Ada" } }, order: [{ lastName: ASC }]) { totalCount } }""", """{"contacts":{"totalCount":1}}"""),
            (Viewer | Scopes.ContactsReadPersonal, """{ contacts(where: { email: { startsWith: "ada" } }, order: [{ email: ASC }], search: "ada") { nodes { email properties(names: ["note"]) { value } } } }""",
                """{"contacts":{"nodes":[{"email":"ada@northwharf.example","properties":[{"value":"or ada@home.example"}]}]}}"""),

            // Writes and administration.
            (Viewer, $$"""mutation { archiveContact(input: { id: "{{contact}}" }) { contact { id } } }""", "archiveContact AUTH_NOT_AUTHORIZED"),
            (Viewer, $$"""mutation { updateContacts(input: { items: [{ id: "{{contact}}", firstName: "X" }] }) { results { contact { id } } } }""", "updateContacts AUTH_NOT_AUTHORIZED"),
            (Viewer, """mutation { createDeal(input: { name: "x" }) { deal { id } } }""", "createDeal AUTH_NOT_AUTHORIZED"),
            (Viewer | Scopes.ContactsWrite, """mutation { upsertOwner(input: { hubSpotId: "1" }) { owner { id } } }""", "upsertOwner AUTH_NOT_AUTHORIZED"),
            (Scopes.All & ~Scopes.WebhooksAdmin, "{ webhookEvents { totalCount } }", "webhookEvents AUTH_NOT_AUTHORIZED"),
            (Scopes.All & ~Scopes.WebhooksAdmin, """mutation { replayWebhookEvents(input: { where: { status: { eq: DEAD } } }) { count } }""", "replayWebhookEvents AUTH_NOT_AUTHORIZED"),
            (Scopes.All & ~Scopes.UsersAdmin, "{ auditEntries { totalCount } }", "auditEntries AUTH_NOT_AUTHORIZED"),
            (Scopes.ContactsWrite, $$"""mutation { updateContact(input: { id: "{{contact}}", firstName: "Augusta" }) { errors { __typename } } }""", """{"updateContact":{"errors":null}}"""),
        ];

        foreach (var (caller, query, expected) in cases)
            Assert.Equal((query, caller, expected), (query, caller, Summary(await app.ExecuteAsync(Callers.With(caller), query))));
        Assert.Equal("Augusta", await app.InDatabaseAsync(async db => (await db.Contacts.FindAsync(_contact))!.FirstName));
        Assert.Empty(app.Errors.Errors);
    }

    [Theory]
    [InlineData("{ contacts { totalCount } }")]
    [InlineData("{ changesCursor }")]
    [InlineData("""{ node(id: "x") { id } }""")]
    [InlineData("""mutation { createDeal(input: { name: "x" }) { deal { id } } }""")]
    public async Task A_caller_that_nobody_knows_is_asked_to_sign_in(string query)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        Assert.Equal(ErrorCodes.NotAuthenticated, (await app.ExecuteAsync(Callers.Nobody, query)).ErrorCode());
    }

    private static async Task<LucitraApp> StartAsync(string database)
    {
        var app = await LucitraApp.StartAsync(database);
        var stamp = new Stamp(Crm.Start, Stamp.ApiSource, null, null);
        await app.AddAsync(
            Crm.Contact("ada@northwharf.example", c =>
            {
                (c.Id, c.FirstName, c.JobTitle) = (_contact, "Ada", "Countess");
                c.Properties = new() { ["note"] = "or ada@home.example", ["mobilephone"] = "+44 20 7946 0000" };
                c.Stamps = new() { ["email"] = stamp, ["jobtitle"] = stamp, ["note"] = stamp, ["mobilephone"] = stamp };
            }),
            Crm.Deal("Engine", d => d.Id = _deal),
            new DealContact { DealId = _deal, ContactId = _contact });
        return app;
    }

    /// <summary>The data as text; where something was refused, what and why.</summary>
    private static string Summary(JsonElement answer)
    {
        if (!answer.TryGetProperty("errors", out var errors))
            return answer.GetProperty("data").GetRawText();
        var error = errors[0];
        var path = string.Join('.', error.GetProperty("path").EnumerateArray().Where((step, index) => index == 0 || errors.GetArrayLength() == 1));
        var argument = error.GetProperty("extensions").TryGetProperty("argument", out var at) ? $" {at}" : "";
        return $"{path} {error.At("extensions.code")}{argument}";
    }

    private static string NodeId(string type, Guid id) => Lucitra.Graph.Schema.NodeIds.For(type, typeof(Guid)).Encode(id);
}
