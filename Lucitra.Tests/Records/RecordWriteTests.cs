using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Records;

public sealed class RecordWriteTests
{
    private const string Create = """
        mutation($input: CreateContactInput!) {
          createContact(input: $input) { contact { id email version } errors { __typename ... on Error { message } } }
        }
        """;

    private const string Update = """
        mutation($input: UpdateContactInput!) {
          updateContact(input: $input) { contact { firstName version } errors { __typename ... on VersionConflictError { expected actual } } }
        }
        """;

    [SkippableTheory, BothDatabases]
    public async Task A_write_at_another_version_is_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = await ContactAsync(app, "ada@example.com");

        var first = await app.QueryAsync(Update, new { input = new { id, firstName = "Ada", version = 1 } });
        var second = await app.QueryAsync(Update, new { input = new { id, firstName = "Eve", version = 1 } });

        Assert.Equal("""{"contact":{"firstName":"Ada","version":2},"errors":null}""", first.GetProperty("updateContact").GetRawText());
        Assert.Equal(
            """{"contact":null,"errors":[{"__typename":"VersionConflictError","expected":1,"actual":2}]}""",
            second.GetProperty("updateContact").GetRawText());
    }

    // One row, and so many that they are written as a set.
    [SkippableTheory, BothDatabases(1, 20)]
    public async Task What_nobody_sees_is_not_overwritten_by_who_has_read_before(string database, int contacts)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync([.. Enumerable.Range(0, contacts).Select(i => Crm.Contact($"{i}@example.com"))]);

        await app.InDatabaseAsync(async late =>
        {
            var read = await late.Contacts.ToListAsync();
            await app.InDatabaseAsync(async db =>
            {
                foreach (var contact in await db.Contacts.ToListAsync())
                    contact.Stamps = new(contact.Stamps) { ["phone"] = new Stamp(Crm.Start, Stamp.ApiSource, null, null) };
                return await db.SaveChangesAsync();
            });

            read.ForEach(contact => contact.JobTitle = "Countess");
            await using var write = await late.BeginWriteAsync(CancellationToken.None);
            return await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => late.SaveChangesAsync());
        });

        Assert.All(await app.InDatabaseAsync(db => db.Contacts.ToListAsync()), contact => Assert.Equal((1, true), (contact.Version, contact.Stamps.ContainsKey("phone"))));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_repeated_mutation_gives_the_first_answer_and_writes_once(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var input = new { email = "ada@example.com", clientMutationId = "create-ada" };

        var first = await app.QueryAsync(Create, new { input });
        var again = await app.QueryAsync(Create, new { input });

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, await app.InDatabaseAsync(db => db.RecordChanges.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Repetitions_at_the_same_time_write_once(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var input = new { email = "ada@example.com", clientMutationId = "create-ada" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.QueryAsync(Create, new { input })));

        Assert.Single(answers.Select(answer => answer.GetRawText()).Distinct());
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_broken_rule_is_repeated_as_it_was(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var taken = await ContactAsync(app, "ada@example.com");
        var input = new { email = "ADA@example.com", clientMutationId = "create-ada" };

        var first = await app.QueryAsync(Create, new { input });
        await app.QueryAsync("mutation($id: ID!) { archiveContact(input: { id: $id }) { contact { id } } }", new { id = taken });
        var again = await app.QueryAsync(Create, new { input });

        Assert.Equal("EmailAlreadyInUseError", first.GetProperty("createContact").GetProperty("errors")[0].GetProperty("__typename").GetString());
        Assert.Equal(first.GetRawText(), again.GetRawText());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_counts_for_a_day(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.QueryAsync(Create, new { input = new { email = "ada@example.com", clientMutationId = "k" } });
        var end = await app.InDatabaseAsync(db => db.IdempotencyKeys.Select(key => key.ExpiresAt).SingleAsync());
        Assert.InRange(end - TimeProvider.System.GetUtcNow().UtcDateTime, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        await app.InDatabaseAsync(db => db.IdempotencyKeys.ExecuteUpdateAsync(key => key.SetProperty(one => one.ExpiresAt, end.AddDays(-1))));

        for (var i = 0; i < 2; i++)
            await app.QueryAsync(Create, new { input = new { email = "eve@example.com", clientMutationId = "k" } });
        Assert.Equal(["ada@example.com", "eve@example.com"], await app.InDatabaseAsync(db => db.Contacts.Select(contact => contact.Email).Order().ToListAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_with_another_input_is_an_error(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.QueryAsync(Create, new { input = new { email = "ada@example.com", clientMutationId = "k" } });
        var answer = await app.QueryAsync(Create, new { input = new { email = "eve@example.com", clientMutationId = "k" } });

        Assert.Equal("IdempotencyKeyReusedError", answer.GetProperty("createContact").GetProperty("errors")[0].GetProperty("__typename").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task The_header_makes_a_whole_request_repeatable(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Two = """
            mutation { a: createDeal(input: { name: "A" }) { deal { id } } b: createDeal(input: { name: "A" }) { deal { id } } }
            """;

        var first = await PostAsync(app, Two, "order-1");
        var again = await PostAsync(app, Two, "order-1");
        var other = await PostAsync(app, Two, "order-2");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(4, await app.InDatabaseAsync(db => db.Deals.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Each_item_of_a_batch_succeeds_or_fails_by_itself(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var data = await app.QueryAsync("""
            mutation { createContacts(input: { items: [{ email: "a@example.com" }, { email: "bad" }, { email: "A@example.com" }, { email: "b@example.com" }] }) {
              results { contact { email } errors { __typename } } } }
            """);

        Assert.Equal(
            [
                """{"contact":{"email":"a@example.com"},"errors":null}""",
                """{"contact":null,"errors":[{"__typename":"ValidationFailedError"}]}""",
                """{"contact":null,"errors":[{"__typename":"EmailAlreadyInUseError"}]}""",
                """{"contact":{"email":"b@example.com"},"errors":null}""",
            ],
            data.GetProperty("createContacts").GetProperty("results").EnumerateArray().Select(result => result.GetRawText()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_batch_is_bounded(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var items = Enumerable.Range(0, 101).Select(number => new { name = $"Deal {number}" });

        var answer = await app.ExecuteAsync(
            "mutation($input: CreateDealsInput!) { createDeals(input: $input) { results { deal { id } } } }", new { input = new { items } });

        Assert.Equal("HC0051", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(0, await app.InDatabaseAsync(db => db.Deals.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Upserting_a_contact_finds_it_by_its_address(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Upsert = """
            mutation($input: UpsertContactInput!) { upsertContact(input: $input) { contact { id email firstName company } errors { __typename } } }
            """;

        var created = await app.QueryAsync(Upsert, new { input = new { email = "ada@example.com", firstName = "Ada", company = "North Wharf" } });
        var changed = await app.QueryAsync(Upsert, new { input = new { email = "Ada@example.com", firstName = "Ada B." } });

        var (before, after) = (created.GetProperty("upsertContact").GetProperty("contact"), changed.GetProperty("upsertContact").GetProperty("contact"));
        Assert.Equal(before.GetProperty("id").GetString(), after.GetProperty("id").GetString());
        Assert.Equal("Ada B.", after.GetProperty("firstName").GetString());
        Assert.Equal("North Wharf", after.GetProperty("company").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_restored_contact_is_listed_again_unless_its_address_was_taken(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = await ContactAsync(app, "ada@example.com");
        const string Archive = "mutation($id: ID!) { archiveContact(input: { id: $id }) { contact { archivedAt } errors { __typename } } }";
        const string Restore = "mutation($id: ID!) { restoreContact(input: { id: $id }) { contact { archivedAt } errors { __typename } } }";

        await app.QueryAsync(Archive, new { id });
        var restored = await app.QueryAsync(Restore, new { id });
        await app.QueryAsync(Archive, new { id });
        await ContactAsync(app, "ada@example.com");
        var refused = await app.QueryAsync(Restore, new { id });

        Assert.Equal("""{"contact":{"archivedAt":null},"errors":null}""", restored.GetProperty("restoreContact").GetRawText());
        Assert.Equal("""{"contact":null,"errors":[{"__typename":"EmailAlreadyInUseError"}]}""", refused.GetProperty("restoreContact").GetRawText());
        Assert.Equal(
            ["CREATED", "ARCHIVED", "RESTORED", "ARCHIVED", "CREATED"],
            (await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(change => change.Position).Select(change => change.Kind).ToListAsync()))
                .Select(kind => kind.ToString().ToUpperInvariant()));
    }

    private static async Task<string> ContactAsync(LucitraApp app, string email)
    {
        var data = await app.QueryAsync(Create, new { input = new { email } });
        return data.GetProperty("createContact").GetProperty("contact").GetProperty("id").GetString()!;
    }

    private static async Task<string> PostAsync(LucitraApp app, string query, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await app.Client.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetRawText();
    }
}
