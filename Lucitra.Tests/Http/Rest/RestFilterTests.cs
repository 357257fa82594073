using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Http.Rest;

public sealed class RestFilterTests
{
    [SkippableTheory, BothDatabases]
    public async Task Deals_are_filtered_sorted_and_searched_by_the_query_string(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("alpha", d => (d.Amount, d.OwnerId) = (10, "1")).In("closedwon"),
            Crm.Deal("beta, gamma", d => d.Amount = 200.5m).In("contractsent"),
            Crm.Deal("delta", d => (d.Amount, d.OwnerId) = (30, "2")).In("contractsent"),
            Crm.Deal("epsilon", d => d.ArchivedAt = d.CreatedAt).In("contractsent"));

        var cases = new (string Query, string[] Names)[]
        {
            ("name=alpha", ["alpha"]),
            ("name=alpha&name=beta, gamma", ["alpha", "beta, gamma"]),
            ("name[in]=alpha,delta", ["alpha", "delta"]),
            ("name[startsWith]=b", ["beta, gamma"]),
            ("name[ncontains]=ta", ["alpha"]),
            ("amount=30", ["delta"]),
            ("amount=200.50", ["beta, gamma"]),
            ("amount[gte]=10&amount[lt]=200.5", ["alpha", "delta"]),
            ("amount[gt]=10&stageId=contractsent", ["beta, gamma", "delta"]),
            ("ownerId[exists]=false", ["beta, gamma"]),
            ("ownerId[exists]=true", ["alpha", "delta"]),
            ("archivedAt[exists]=true", ["epsilon"]),
            ("isWon=false&isClosed[neq]=true", ["alpha", "beta, gamma", "delta"]),
            ("stage.label=Contract Sent", ["beta, gamma", "delta"]),
            ("createdAt[gte]=2100-01-01T00:00:00Z", []),
            ("search=gam", ["beta, gamma"]),
            ("""amount[lt]=200&where={"stageId":{"eq":"contractsent"}}""", ["delta"]),
        };
        foreach (var (query, names) in cases)
        {
            var page = await app.GetAsync($"/api/v1/deals?sort=name&{query}");
            Assert.True(page.Status == 200, $"{query}: {page.Body}");
            Assert.Equal((query, JsonSerializer.Serialize(names)), (query, JsonSerializer.Serialize(page.Body.Texts("items", "name"))));
        }

        Assert.Equal(["beta, gamma", "delta", "alpha"], (await app.GetAsync("/api/v1/deals?sort=-stageId,-amount")).Body.Texts("items", "name"));
        var first = await app.GetAsync("/api/v1/deals?sort=-amount&first=2");
        Assert.Equal(["beta, gamma", "delta"], first.Body.Texts("items", "name"));
        Assert.Equal(["alpha"], (await app.GetAsync(first.Next!)).Body.Texts("items", "name"));
    }

    [Fact]
    public async Task A_wrong_parameter_is_named()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var cases = new (string Query, string Parameter, string Detail)[]
        {
            ("limit=3", "limit", "The query parameter 'limit' is unknown. Known are after, amount, archivedAt, before,"),
            ("first=x", "first", "The query parameter 'first' must be of type Int."),
            ("amount=ten", "amount", "The query parameter 'amount' must be one Decimal."),
            ("amount[near]=10", "amount[near]", "The query parameter 'amount[near]' has no operation 'near'. Known are eq, exists, gt,"),
            ("amount[gt]=1&amount[gt]=2", "amount[gt]", "The query parameter 'amount[gt]' must be one Decimal."),
            ("amount=1&amount[eq]=2", "amount[eq]", "The query parameter 'amount[eq]' repeats a condition."),
            ("ownerId[exists]=maybe", "ownerId[exists]", "The query parameter 'ownerId[exists]' must be true or false."),
            ("and=x", "and", "The query parameter 'and' is unknown."),
            ("stage=x", "stage", "The query parameter 'stage' is unknown."),
            ("sort=height", "sort", "The query parameter 'sort' has 'height'. Known are amount,"),
            ("""order={"name":"ASC"}&sort=name""", "sort", "The query parameters 'sort' and 'order' exclude each other."),
        };
        foreach (var (query, parameter, detail) in cases)
        {
            var answer = await app.GetAsync($"/api/v1/deals?{query}");
            Assert.Equal((400, "LUCITRA_INVALID_PARAMETER"), (answer.Status, answer.Problem()));
            Assert.StartsWith(detail, answer.Body.Text("detail"), StringComparison.Ordinal);
            Assert.Equal([parameter], answer.Body.Texts("errors", "parameter"));
        }
    }

    [Fact]
    public async Task Every_wrong_parameter_is_named_at_once()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var answer = await app.GetAsync("/api/v1/contacts?limit=3&offset=2&email=a");
        Assert.Equal(["limit", "offset"], answer.Body.Texts("errors", "parameter"));
        Assert.Equal(["depth"], (await app.GetAsync("/api/v1/contacts/Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA?depth=1")).Body.Texts("errors", "parameter"));
    }
}
