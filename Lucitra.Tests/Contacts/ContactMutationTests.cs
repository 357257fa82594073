using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Contacts;

public sealed class ContactMutationTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_created_contact_is_there_with_its_history(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var payload = await app.MutateAsync("createContact", new { email = "ada@northwharf.example", firstName = "Ada", phone = "" });
        Assert.Equal(JsonValueKind.Null, payload.At("errors").ValueKind);
        Assert.Equal(("Ada", "1"), (payload.Text("contact.firstName"), payload.Text("contact.version")));
        Assert.Equal(JsonValueKind.Null, payload.At("contact.phone").ValueKind);
        Assert.Equal("LUCITRA_API", payload.Text("contact.properties.0.source"));
        Assert.Equal(1, (await app.QueryAsync("{ contacts { totalCount } }")).At("contacts.totalCount").GetInt32());

        var change = await app.InDatabaseAsync(db => db.RecordChanges.SingleAsync());
        Assert.Equal(("Created", "Contact", 1, "LUCITRA_API"), (change.Kind.ToString(), change.RecordType, change.Version, change.Source));
        Assert.Equal(
            [("email", null, "ada@northwharf.example"), ("firstname", null, "Ada")],
            change.Fields.Select(field => (field.Field, field.Old, field.New)));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_field_left_out_stays_and_null_or_empty_text_clears(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = (await app.MutateAsync("createContact", new { email = "ada@northwharf.example", firstName = "Ada", lastName = "Lovelace", phone = "1", company = "A" })).Text("contact.id");

        var changed = await app.MutateAsync("updateContact", new { id, firstName = "Augusta", lastName = (string?)null, phone = "" });
        Assert.Equal(
            ("Augusta", null, null, "A", "ada@northwharf.example", "2"),
            (changed.Text("contact.firstName"), changed.Text("contact.lastName"), changed.Text("contact.phone"), changed.Text("contact.company"), changed.Text("contact.email"), changed.Text("contact.version")));
        var change = await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(row => row.Position).LastAsync());
        Assert.Equal(
            [("firstname", "Ada", "Augusta"), ("lastname", "Lovelace", null), ("phone", "1", null)],
            change.Fields.Select(field => (field.Field, field.Old, field.New)));

        var literal = await app.QueryAsync(
            $"mutation($absent: String, $null: String) {{ updateContact(input: {{id: \"{id}\", firstName: $absent, company: null, jobTitle: $null}}) {{ contact {{ firstName company version }} }} }}",
            new { @null = (string?)null });
        Assert.Equal("""{"firstName":"Augusta","company":null,"version":3}""", literal.At("updateContact.contact").GetRawText());
        Assert.Equal("ada@northwharf.example", (await app.QueryAsync("{ contacts { nodes { email } } }")).Text("contacts.nodes.0.email"));
    }

    [SkippableTheory, BothDatabases]
    public async Task What_cannot_be_stored_is_refused_field_by_field(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var payload = await app.MutateAsync("createContact", new { email = "ada@x.example", firstName = new string('a', 501), lastName = "a\0b" });
        Assert.Equal("ValidationFailedError", payload.ErrorType());
        Assert.Equal(["firstName", "lastName"], payload.Texts("errors.0.issues", "field"));
        foreach (var email in new[] { "", "ada", "ada@", " ada@x.example", "Ada <ada@x.example>" })
        {
            var refused = await app.MutateAsync("createContact", new { email });
            Assert.Equal(("ValidationFailedError", "email"), (refused.ErrorType(), refused.Text("errors.0.issues.0.field")));
            Assert.Equal(JsonValueKind.Null, refused.At("contact").ValueKind);
        }

        Assert.Equal(0, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.RecordChanges.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_address_belongs_to_one_live_contact_whatever_its_case(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var first = (await app.MutateAsync("createContact", new { email = "Ada@Northwharf.example" })).Text("contact.id");
        var second = (await app.MutateAsync("createContact", new { email = "ben@northwharf.example" })).Text("contact.id");

        var taken = await app.MutateAsync("createContact", new { email = "aDA@northwharf.EXAMPLE" });
        Assert.Equal(("EmailAlreadyInUseError", "The email 'aDA@northwharf.EXAMPLE' is already in use."), (taken.ErrorType(), taken.Text("errors.0.message")));
        Assert.Equal("EmailAlreadyInUseError", (await app.MutateAsync("updateContact", new { id = second, email = "ada@northwharf.example" })).ErrorType());
        Assert.Null((await app.MutateAsync("updateContact", new { id = first, email = "ada@northwharf.example" })).ErrorType());

        await app.MutateAsync("archiveContact", new { id = first });
        Assert.Null((await app.MutateAsync("createContact", new { email = "ada@northwharf.example" })).ErrorType());
        Assert.Null((await app.MutateAsync("createContact", new { email = "Jörg@northwharf.example" })).ErrorType());
        Assert.Equal("EmailAlreadyInUseError", (await app.MutateAsync("createContact", new { email = "jörg@northwharf.example" })).ErrorType());
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_many_creations_of_one_address_at_once_one_succeeds(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var payloads = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.MutateAsync("createContact", new { email = i % 2 == 0 ? "ada@x.example" : "ADA@x.example" })));

        Assert.Equal(1, payloads.Count(payload => payload.ErrorType() is null));
        Assert.Equal(7, payloads.Count(payload => payload.ErrorType() == "EmailAlreadyInUseError"));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Updates_of_one_contact_at_once_all_apply(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = (await app.MutateAsync("createContact", new { email = "ada@x.example" })).Text("contact.id");

        // More than run again when another was first.
        var phones = Enumerable.Range(0, 28).Select(i => (object)new { id, phone = $"+351 {i}" });
        object[] inputs = [new { id, firstName = "Ada" }, .. phones, new { id, lastName = "Lovelace" }, new { id, company = "A" }];
        var payloads = await Task.WhenAll(inputs.Select(input => app.MutateAsync("updateContact", input)));

        Assert.All(payloads, payload => Assert.Null(payload.ErrorType()));
        var contact = await app.InDatabaseAsync(db => db.Contacts.SingleAsync());
        Assert.Equal(("Ada", "Lovelace", "A", inputs.Length + 1), (contact.FirstName, contact.LastName, contact.Company, contact.Version));
        Assert.StartsWith("+351 ", contact.Phone, StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1, inputs.Length + 1),
            await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(row => row.Position).Select(row => row.Version).ToListAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_missing_or_archived_contact_cannot_be_changed(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Unknown = "Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA";
        Assert.Equal("EntityNotFoundError", (await app.MutateAsync("updateContact", new { id = Unknown, firstName = "x" })).ErrorType());
        Assert.Equal("EntityNotFoundError", (await app.MutateAsync("archiveContact", new { id = Unknown })).ErrorType());
        var malformed = await app.ExecuteAsync("""mutation { archiveContact(input: {id: "abc"}) { contact { id } } }""");
        Assert.Equal("The node ID string has an invalid format.", malformed.Text("errors.0.message"));

        var id = (await app.MutateAsync("createContact", new { email = "ada@x.example" })).Text("contact.id");
        var archived = await app.MutateAsync("archiveContact", new { id });
        Assert.NotNull(archived.Text("contact.archivedAt"));
        Assert.Equal("2", archived.Text("contact.version"));
        var again = await app.MutateAsync("archiveContact", new { id });
        Assert.Equal(archived.At("contact").GetRawText(), again.At("contact").GetRawText());
        Assert.Equal("EntityArchivedError", (await app.MutateAsync("updateContact", new { id, firstName = "x" })).ErrorType());
        Assert.Equal(
            ["Created", "Archived"],
            (await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(row => row.Position).Select(row => row.Kind).ToListAsync())).Select(kind => kind.ToString()));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_write_wins_over_an_older_webhook_and_loses_to_a_newer_one(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 501, "firstname", "Ada"));
        await app.WhenAppliedAsync();
        var id = (await app.QueryAsync("{ contacts { nodes { id } } }")).Text("contacts.nodes.0.id");
        await app.MutateAsync("updateContact", new { id, firstName = "Augusta", lastName = "King" });

        var now = TimeProvider.System.GetUtcNow();
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 501, "firstname", "Older") with { OccurredAt = now.AddHours(-1) },
            HubSpotFact.Changed("contact", 501, "lastname", "Newer") with { OccurredAt = now.AddHours(1) });
        await app.WhenAppliedAsync();

        var contact = await app.InDatabaseAsync(db => db.Contacts.SingleAsync());
        Assert.Equal(("Augusta", "Newer"), (contact.FirstName, contact.LastName));
    }
}
