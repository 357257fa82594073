using System.Net.Http.Headers;
using System.Text.Json;
using Lucitra.Graph.Http.Rest;
using Lucitra.Tests.Http.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Rest;

public sealed class RestEndpointsTests
{
    private static readonly Dictionary<string, string> _documents = new()
    {
        ["GetItem"] = "query GetItem($id: ID!) { result: itemById(id: $id) { id name } }",
        ["ListItems"] = """
            query ListItems($first: Int! = 2, $after: String, $reverse: Boolean, $color: Color) {
              result: items(first: $first, after: $after, reverse: $reverse, color: $color) {
                items: nodes { id name }
                pageInfo { hasNextPage endCursor }
              }
            }
            """,
        ["CreateItem"] = "mutation CreateItem($input: SaveItemInput!) { result: createItem(input: $input) { item { id name } errors { __typename message } } }",
        ["RenameItem"] = "mutation RenameItem($input: RenameItemInput!) { result: renameItem(input: $input) { item { id name } errors { __typename message } } }",
        ["DeleteItem"] = "mutation DeleteItem($input: DeleteItemInput!) { result: deleteItem(input: $input) { item { id name } errors { __typename message } } }",
        ["Fail"] = "query Fail { result: boom }",
        ["Private"] = "query Private { result: secured }",
        ["Unfit"] = "query Unfit { result: itemById(id: 1) { nope } }",
    };

    [Fact]
    public async Task A_record_is_the_body()
    {
        await using var host = await StartAsync();
        var answer = await host.GetAsync("/api/items/1");
        Assert.Equal((200, "application/json; charset=utf-8", """{"id":"1","name":"first"}"""), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task A_missing_record_is_404()
    {
        await using var host = await StartAsync();
        AssertProblem(await host.GetAsync("/api/items/2"), 404, "LUCITRA_NOT_FOUND");
    }

    [Fact]
    public async Task A_list_links_to_its_next_page()
    {
        await using var host = await StartAsync();

        var answer = await host.GetAsync("/api/items?first=3&color=DARK_BLUE&reverse=true");
        Assert.Equal(200, answer.Status);
        Assert.StartsWith("""{"items":[{"id":"1","name":"item 1 True DarkBlue"}""", answer.Body, StringComparison.Ordinal);
        Assert.Equal("</api/items?color=DARK_BLUE&reverse=true&after=3&first=3>; rel=\"next\"", answer.Headers.GetValues("Link").Single());

        var last = await host.GetAsync("/api/items?first=3&after=3");
        Assert.False(last.Headers.Contains("Link"));
    }

    [Theory]
    [InlineData("/api/items?top=3", "The query parameter 'top' is unknown. Known are after, color, first, reverse.")]
    [InlineData("/api/items?first=three", "The query parameter 'first' must be of type Int.")]
    [InlineData("/api/items?first=1&first=2", "The query parameter 'first' must be of type Int.")]
    public async Task A_wrong_query_parameter_is_named(string path, string detail)
    {
        await using var host = await StartAsync();
        var problem = AssertProblem(await host.GetAsync(path), 400, "LUCITRA_INVALID_PARAMETER");
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_wrong_enum_value_is_400()
    {
        await using var host = await StartAsync();
        AssertProblem(await host.GetAsync("/api/items?color=PINK"), 400, "LUCITRA_VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_created_record_has_a_location()
    {
        await using var host = await StartAsync();
        var answer = await SendAsync(host, "POST", "/api/items", """{"name":"new"}""");

        Assert.Equal((201, """{"id":"a/b","name":"new"}"""), (answer.Status, answer.Body));
        Assert.Equal("/api/items/a%2Fb", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("""{"name":"taken"}""", 409, "NameAlreadyInUseError")]
    [InlineData("""{"name":""}""", 403, "AUTH_NOT_AUTHORIZED")]
    [InlineData("""{"name":"x","color":1}""", 400, "LUCITRA_VALIDATION_FAILED")]
    [InlineData("""{}""", 400, null)]
    [InlineData("""{"name":""", 400, "HC0012")]
    [InlineData("[]", 400, "HC0012")]
    public async Task A_refused_creation_is_a_problem(string body, int status, string? code)
    {
        await using var host = await StartAsync();
        AssertProblem(await SendAsync(host, "POST", "/api/items", body), status, code);
    }

    [Fact]
    public async Task An_unknown_body_member_is_named()
    {
        await using var host = await StartAsync();
        var answer = await SendAsync(host, "POST", "/api/items", """{"name":"x","size":1}""");
        Assert.Contains("'size'", AssertProblem(answer, 400, "LUCITRA_VALIDATION_FAILED").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_415()
    {
        await using var host = await StartAsync();
        AssertProblem(await SendAsync(host, "POST", "/api/items", "name=x", "application/x-www-form-urlencoded"), 415, "LUCITRA_UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task The_path_gives_the_input_its_id()
    {
        await using var host = await StartAsync();

        var renamed = await SendAsync(host, "PATCH", "/api/items/7", """{"name":"x"}""");
        Assert.Equal((200, """{"id":"7","name":"x"}"""), (renamed.Status, renamed.Body));

        var other = await SendAsync(host, "PATCH", "/api/items/7", """{"id":"8","name":"x"}""");
        AssertProblem(other, 400, "LUCITRA_INVALID_PARAMETER");
    }

    [Fact]
    public async Task A_deletion_needs_no_body()
    {
        await using var host = await StartAsync();

        using var found = new HttpRequestMessage(HttpMethod.Delete, "/api/items/1");
        Assert.Equal(200, (await host.SendAsync(found)).Status);

        using var missing = new HttpRequestMessage(HttpMethod.Delete, "/api/items/2");
        var problem = AssertProblem(await host.SendAsync(missing), 404, "ItemNotFoundError");
        Assert.Equal("No such item.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_fault_is_masked()
    {
        await using var host = await StartAsync();
        var problem = AssertProblem(await host.GetAsync("/api/fail"), 500, "HC0008");
        Assert.Equal("Unexpected Execution Error", problem.GetProperty("detail").GetString());
        Assert.Equal(32, problem.GetProperty("traceId").GetString()!.Length);
    }

    [Fact]
    public async Task A_caller_who_must_sign_in_gets_401()
    {
        await using var host = await StartAsync();
        AssertProblem(await host.GetAsync("/api/private"), 401, "AUTH_NOT_AUTHENTICATED");
    }

    [Fact]
    public async Task A_document_that_does_not_fit_the_schema_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(rest => rest.Get("/unfit/{id}", "Unfit")));
        Assert.Contains("Rest/Unfit.graphql: Cannot query field 'nope'", error.Message, StringComparison.Ordinal);
    }

    private static Task<GraphQLHost> StartAsync(Action<RestEndpoints>? more = null) => GraphQLHost.StartAsync(
        services: services => services.AddSingleton<RestDocumentSource>(name => _documents[name]),
        map: app =>
        {
            var rest = app.MapRest("/api");
            rest.Get("/items/{id}", "GetItem");
            rest.Get("/items", "ListItems");
            rest.Post("/items", "CreateItem");
            rest.Patch("/items/{id}", "RenameItem");
            rest.Delete("/items/{id}", "DeleteItem");
            rest.Get("/fail", "Fail");
            rest.Get("/private", "Private");
            more?.Invoke(rest);
        });

    private static async Task<HttpAnswer> SendAsync(
        GraphQLHost host, string method, string path, string body, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = new StringContent(body, new MediaTypeHeaderValue(contentType));
        return await host.SendAsync(request);
    }

    private static JsonElement AssertProblem(HttpAnswer answer, int status, string? code)
    {
        Assert.Equal((status, "application/problem+json; charset=utf-8"), (answer.Status, answer.ContentType));
        var problem = JsonElement.Parse(answer.Body);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        if (code is not null)
            Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
