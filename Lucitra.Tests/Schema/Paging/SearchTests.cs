using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Schema.Paging;

public sealed class SearchTests
{
    private const string Contacts = "query($search: String) { contacts(search: $search, first: 100) { totalCount nodes { email } } }";

    [SkippableTheory, BothDatabases]
    public async Task Every_word_is_the_beginning_of_one_in_the_record(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Contact("ada.lovelace@engine.example", c => (c.FirstName, c.LastName, c.Company, c.Phone) = ("Ada", "Lovelace", "Analytical Engines", "+44 20-7946")),
            Crm.Contact("grace@navy.example", c => (c.FirstName, c.LastName, c.JobTitle, c.OwnerId) = ("Grace", "Hopper", "Rear-Admiral", "81234")),
            Crm.Contact("gone@engine.example", c => c.ArchivedAt = Crm.Start));

        var searches = new Dictionary<string, string>
        {
            ["ada"] = "ada.lovelace@engine.example",
            ["LOVE an"] = "ada.lovelace@engine.example",
            ["engine"] = "ada.lovelace@engine.example",
            ["grace@navy.example"] = "grace@navy.example",
            ["admiral hop"] = "grace@navy.example",
            ["7946"] = "ada.lovelace@engine.example",
            ["8123"] = "grace@navy.example",
            ["ada hopper"] = "",
            ["vela"] = "",
            ["gone"] = "",
            ["!!!"] = "",
        };
        foreach (var (search, expected) in searches)
        {
            var data = await app.QueryAsync(Contacts, new { search });
            Assert.Equal((search, expected), (search, string.Join(' ', data.Texts("contacts.nodes", "email"))));
            Assert.Equal(expected.Length > 0 ? 1 : 0, data.At("contacts.totalCount").GetInt32());
        }

        foreach (var search in new[] { null, "", "  " })
            Assert.Equal(2, (await app.QueryAsync(Contacts, new { search })).At("contacts.totalCount").GetInt32());
    }

    [SkippableTheory, BothDatabases]
    public async Task What_is_syntax_to_a_database_is_text_to_a_search(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("ada@example.com"), Crm.Contact("near@example.com"));

        foreach (var search in new[] { "ada\0", "\"ada", "ada*", "ada'", "(ada", "email:ada", "ada:*", "ada & example", "ada) OR (x", "^ada", "-ada", "{ada}", "ada;--", "ada \\", "\ud83d\ude00 ada" })
        {
            var answer = await app.ExecuteAsync(Contacts, new { search });
            Assert.False(answer.TryGetProperty("errors", out var errors), $"{search}: {errors}");
        }

        Assert.Equal(["ada@example.com"], (await app.QueryAsync(Contacts, new { search = "\"(ada*" })).Texts("contacts.nodes", "email"));
        Assert.Equal(["near@example.com"], (await app.QueryAsync(Contacts, new { search = "NEAR" })).Texts("contacts.nodes", "email"));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_search_follows_changes_and_goes_with_filters_and_orders(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Deal("Big fish", d => d.Amount = 1), Crm.Deal("Fish and chips", d => d.Amount = 2), Crm.Deal("Fishing boat", d => d.Amount = 3));
        await app.InDatabaseAsync(db => db.Deals.Where(d => d.Amount == 1).ExecuteUpdateAsync(set => set.SetProperty(d => d.Name, "Big cat")));

        var data = await app.QueryAsync(
            """
            {
              sorted: deals(search: "fish", order: [{amount: DESC}]) { totalCount nodes { name } }
              filtered: deals(search: "fish", where: {amount: {lt: 3}}) { totalCount nodes { name } }
              old: deals(search: "big fish") { totalCount }
              figures: dealsAggregate(search: "fish") { groups { count sum { amount } } }
              nothing: dealsAggregate(search: "!") { groups { count } }
            }
            """);
        Assert.Equal(["Fishing boat", "Fish and chips"], data.Texts("sorted.nodes", "name"));
        Assert.Equal(["Fish and chips"], data.Texts("filtered.nodes", "name"));
        Assert.Equal(0, data.At("old.totalCount").GetInt32());
        Assert.Equal((2, 5m), (data.At("figures.groups.0.count").GetInt32(), data.At("figures.groups.0.sum.amount").GetDecimal()));
        Assert.Equal(0, data.At("nothing.groups.0.count").GetInt32());

        await app.InDatabaseAsync(db => db.Deals.Where(d => d.Amount == 3).ExecuteDeleteAsync());
        Assert.Equal(1, (await app.QueryAsync("""{ deals(search: "fish") { totalCount } }""")).At("deals.totalCount").GetInt32());
    }

    [SkippableTheory, BothDatabases]
    public async Task The_best_match_comes_first_and_pages_follow_the_rank(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(0, 20).Select(i => Crm.Deal($"{string.Join(' ', Enumerable.Repeat("fish", (i % 4) + 1))} n{i}")));

        var whole = (await app.QueryAsync("""{ deals(search: "fish", first: 100) { nodes { name } } }""")).Texts("deals.nodes", "name");
        Assert.Equal(20, whole.Distinct().Count());
        Assert.Contains("fish fish fish fish", whole[0], StringComparison.Ordinal);

        var walked = new List<string?>();
        string? after = null;
        do
        {
            var page = await app.QueryAsync("""query($after: String) { deals(search: "fish", first: 3, after: $after) { nodes { name } pageInfo { endCursor hasNextPage } } }""", new { after });
            walked.AddRange(page.Texts("deals.nodes", "name"));
            after = page.At("deals.pageInfo.hasNextPage").GetBoolean() ? page.Text("deals.pageInfo.endCursor") : null;
        }
        while (after is not null && walked.Count < 100);
        Assert.Equal(whole, walked);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_search_is_bounded(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        foreach (var search in new[] { new string('x', 201), string.Join(' ', Enumerable.Range(0, 11)) })
            Assert.Equal("LUCITRA_SEARCH_TOO_LONG", (await app.ExecuteAsync(Contacts, new { search })).ErrorCode());
        await app.QueryAsync(Contacts, new { search = string.Join(' ', Enumerable.Range(0, 10)) });
    }

    [SkippableFact]
    public async Task PostgreSQL_finds_misspelt_words_after_all_others()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await app.AddAsync(Crm.Contact("1@example.com", c => c.LastName = "Lovelace"), Crm.Contact("2@example.com", c => c.LastName = "Lovelase"), Crm.Contact("3@example.com", c => c.LastName = "Hopper"));

        Assert.Equal(["2@example.com", "1@example.com"], (await app.QueryAsync(Contacts, new { search = "lovelase example" })).Texts("contacts.nodes", "email"));
    }
}
