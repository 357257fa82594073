using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Schema.Costs;

public sealed class CostTests(CostTests.Fixture fixture) : IClassFixture<CostTests.Fixture>
{
    private readonly LucitraApp _app = fixture.App;

    public sealed class Fixture : IAsyncLifetime
    {
        internal LucitraApp App { get; private set; } = null!;

        public async Task InitializeAsync() => App = await LucitraApp.StartAsync("Sqlite", new() { ["GraphQL:MaxAliases"] = "100" });

        public async Task DisposeAsync() => await App.DisposeAsync();
    }

    [Theory]
    [InlineData("{ __typename }", 0, 1)]
    [InlineData("{ contacts(first: 1, order: [{ createdAt: ASC }]) { nodes { id email createdAt } } }", 31, 3)]
    [InlineData("{ contacts { nodes { id } } }", 11, 12)]
    [InlineData("{ contacts(last: 5) { edges { cursor node { id } } pageInfo { hasNextPage } } }", 17, 13)]
    [InlineData("{ contacts(first: 5) { totalCount } }", 20, 2)]
    [InlineData("{ contacts(first: 1000000) { nodes { id } } }", 11, 102)]
    [InlineData("{ contacts(first: 50, where: { email: { contains: \"a\" } }) { nodes { deals(where: { name: { contains: \"x\" } }) { nodes { id } } } } }", 2142, 602)]
    [InlineData("{ contacts(where: { or: [{ email: { eq: \"a\" } }, { email: { eq: \"b\" } }] }) { nodes { id } } }", 44, 12)]
    [InlineData("{ contacts(where: { deals: { some: { isWon: { eq: true } } } }) { nodes { id } } }", 43, 12)]
    [InlineData("{ contactById(id: \"Q29udGFjdDp56fep1mV5z5pSkQKpc7i5\") { deals { totalCount } } }", 30, 3)]
    [InlineData("{ nodes(ids: [\"a\", \"b\", \"c\"]) { ... on Contact { deals { nodes { id } } } } }", 43, 37)]
    [InlineData("{ contacts(first: 2) { ...Page } deals(first: 3) { nodes { stage { label } } } } fragment Page on ContactsConnection { nodes { ...Card } edges { node { ...Card } } } fragment Card on Contact { deals { nodes { id } } }", 72, 59)]
    public async Task The_cost_is_worked_out_as_hotchocolate_does(string query, double fieldCost, double typeCost)
    {
        var answer = await SendAsync(query, cost: "validate");

        Assert.False(answer.TryGetProperty("data", out _), answer.ToString());
        var cost = answer.GetProperty("extensions").GetProperty("operationCost");
        Assert.Equal((fieldCost, typeCost), (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble()));
    }

    [Theory]
    [InlineData("""{ "n": 2 }""", 11, 4)]
    [InlineData("""{ "n": 7 }""", 11, 9)]
    [InlineData("""{ "n": 2, "where": { "email": { "startsWith": "a" } } }""", 42, 4)]
    [InlineData("{}", 11, 12)]
    public async Task Variables_count(string variables, double fieldCost, double typeCost)
    {
        const string Query = "query($n: Int, $where: ContactFilterInput) { contacts(first: $n, where: $where) { nodes { id } } }";
        var answer = await SendAsync(Query, JsonSerializer.Deserialize<JsonElement>(variables), "report");

        Assert.True(answer.TryGetProperty("data", out _), answer.ToString());
        var cost = answer.GetProperty("extensions").GetProperty("operationCost");
        Assert.Equal((fieldCost, typeCost), (cost.GetProperty("fieldCost").GetDouble(), cost.GetProperty("typeCost").GetDouble()));
    }

    [Fact]
    public async Task Ordinary_nested_queries_and_introspection_are_within_the_limits()
    {
        foreach (var query in new[]
        {
            "{ __schema { types { name fields { name args { name type { name } } type { name kind ofType { name ofType { name } } } } } } }",
            "{ contacts(first: 50) { nodes { email deals(first: 10) { nodes { name stage { label } } } } } }",
            "{ contacts(first: 100) { nodes { email deals(first: 10) { nodes { name stage { label } pipeline { label } } } } } }",
        })
        {
            Assert.False((await SendAsync(query)).TryGetProperty("errors", out var errors), errors.ToString());
        }
    }

    [Fact]
    public async Task Too_many_fields_are_refused_with_the_numbers()
    {
        var answer = await SendAsync("{ contacts(first: 100) { nodes { deals(first: 100) { nodes { contacts { nodes { id } } } } } } }", cost: "report");

        Assert.Equal(
            """[{"message":"The maximum allowed field cost was exceeded.","extensions":{"code":"HC0047","fieldCost":111111,"maxFieldCost":5000}}]""",
            answer.GetProperty("errors").GetRawText());
        Assert.Equal(111111, answer.GetProperty("extensions").GetProperty("operationCost").GetProperty("fieldCost").GetDouble());
        Assert.False(answer.TryGetProperty("data", out _));
    }

    [Fact]
    public async Task Too_many_objects_are_refused_with_the_numbers()
    {
        var query = "{ " + string.Concat(Enumerable.Range(0, 60).Select(number => $"a{number}:contacts(first:100){{ nodes {{ id }} }} ")) + "}";
        var answer = await SendAsync(query);

        Assert.Equal(
            """{"errors":[{"message":"The maximum allowed type cost was exceeded.","extensions":{"code":"HC0047","maxTypeCost":5000,"typeCost":6061}}]}""",
            answer.ToString());
    }

    [Fact]
    public async Task An_invalid_operation_has_no_cost()
    {
        var answer = await SendAsync("{ contacts(first: 100) { nope } }", cost: "validate");
        Assert.True(answer.TryGetProperty("errors", out _));
        Assert.False(answer.TryGetProperty("extensions", out _));
    }

    [Fact]
    public async Task Reporting_runs_what_costs_too_much()
    {
        await using var app = await LucitraApp.StartAsync("Sqlite", new()
        {
            ["GraphQL:Limits:Mode"] = "Report",
            ["GraphQL:Cost:MaxFieldCost"] = "100",
        });
        var answer = await app.QueryAsync("{ contacts(first: 100) { nodes { deals { nodes { id } } } } }");
        Assert.Equal(JsonValueKind.Array, answer.GetProperty("contacts").GetProperty("nodes").ValueKind);
    }

    [Fact]
    public async Task A_limit_out_of_range_keeps_the_host_from_starting()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => GraphQLHost.StartAsync(new() { ["GraphQL:Cost:MaxFieldCost"] = "1" }));
        Assert.Contains("MaxFieldCost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_weights_are_in_the_schema()
    {
        var text = await _app.Client.GetStringAsync(new Uri("/graphql?sdl", UriKind.Relative));
        var lines = string.Join(' ', text.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));

        foreach (var expected in new[]
        {
            "directive @cost(",
            "directive @listSize(",
            "@listSize(assumedSize: 100, requireOneSlicingArgument: false, sizedFields: [\"edges\", \"nodes\"], slicingArgumentDefaultValue: 10, slicingArguments: [\"first\", \"last\"])",
            "where: ContactFilterInput @cost(weight: \"10\")",
            "order: [ContactSortInput!] @cost(weight: \"10\")",
            "totalCount: Int! @cost(weight: \"10\")",
            "contains: String @cost(weight: \"20\")",
            "eq: String @cost(weight: \"10\")",
            "email: SortEnumType @cost(weight: \"10\")",
            "some: DealFilterInput @cost(weight: \"10\")",
            "\"ID of the object.\" id: ID!): Node @authorize @cost(weight: \"10\")",
        })
        {
            Assert.Contains(expected, lines, StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> SendAsync(string query, object? variables = null, string? cost = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (cost is not null)
            request.Headers.Add("GraphQL-Cost", cost);
        using var response = await _app.Client.SendAsync(request);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
