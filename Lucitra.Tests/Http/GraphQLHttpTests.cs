using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class GraphQLHttpTests(GraphQLHttpTests.Fixture fixture) : IClassFixture<GraphQLHttpTests.Fixture>
{
    private const string GraphQLResponse = "application/graphql-response+json";
    private const string Json = "application/json";
    private readonly GraphQLHost _host = fixture.Host;

    public sealed class Fixture : IAsyncLifetime
    {
        public GraphQLHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await GraphQLHost.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Theory]
    [InlineData(null, Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/json", Json)]
    [InlineData("application/json; charset=utf-8", Json)]
    [InlineData("application/*", GraphQLResponse)]
    [InlineData("application/graphql-response+json", GraphQLResponse)]
    [InlineData("application/json;q=0.5, application/graphql-response+json;q=0.9", GraphQLResponse)]
    [InlineData("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8", GraphQLResponse)]
    [InlineData("text/html, application/json;q=0.1", Json)]
    public async Task The_media_type_is_negotiated(string? accept, string expected)
    {
        var answer = await _host.PostAsync("""{"query":"{ __typename }"}""", accept);

        Assert.Equal((200, $"{expected}; charset=utf-8", """{"data":{"__typename":"Query"}}"""), (answer.Status, answer.ContentType, answer.Body));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("text/html", 406, """{"errors":[{"message":"None of the `Accept` header values is supported.","extensions":{"code":"HC0063"}}]}""")]
    [InlineData("application/xml", 406, """{"errors":[{"message":"None of the `Accept` header values is supported.","extensions":{"code":"HC0063"}}]}""")]
    [InlineData("application/json;q=0", 406, """{"errors":[{"message":"None of the `Accept` header values is supported.","extensions":{"code":"HC0063"}}]}""")]
    [InlineData("nonsense", 400, """{"errors":[{"message":"Unable to parse the accept header value `nonsense`.","extensions":{"code":"HC0064"}}]}""")]
    public async Task Other_media_types_are_refused(string accept, int status, string body)
    {
        var answer = await _host.PostAsync("""{"query":"{ __typename }"}""", accept);
        Assert.Equal((status, $"{GraphQLResponse}; charset=utf-8", body), (answer.Status, answer.ContentType, answer.Body));
    }

    [Theory]
    [InlineData("""{"query":""", "Invalid JSON document.", "HC0012")]
    [InlineData("", "Invalid JSON document.", "HC0012")]
    [InlineData("""{"query":"{ hello }"} trailing""", "Invalid JSON document.", "HC0012")]
    [InlineData("{}", "Request must contain either a query or a document id.", "HC0012")]
    [InlineData("""{"query":null}""", "Request must contain either a query or a document id.", "HC0012")]
    [InlineData("""{"query":""}""", "Request must contain either a query or a document id.", "HC0012")]
    [InlineData("""{"query":1}""", "Invalid 'query' value. Expected string or null, but got Number.", "HC0012")]
    [InlineData("""{"query":"{__typename}","variables":"x"}""", "Invalid 'variables' value. Expected object or null, but got String.", "HC0012")]
    [InlineData("""{"query":"{__typename}","variables":[]}""", "Invalid 'variables' value. Expected object or null, but got Array.", "HC0012")]
    [InlineData("""{"query":"{__typename}","foo":1}""", "Unknown property 'foo' in GraphQL request.", "HC0012")]
    [InlineData("7", "Invalid GraphQL Request.", "HC0009")]
    public async Task A_malformed_request_is_400_in_either_media_type(string body, string message, string code)
    {
        var asJson = await _host.PostAsync(body, Json);
        var asResponse = await _host.PostAsync(body, GraphQLResponse);

        var expected = $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"{{{code}}}"}}]}""";
        Assert.Equal((400, expected), (asJson.Status, asJson.Body));
        Assert.Equal((400, expected), (asResponse.Status, asResponse.Body));
    }

    [Theory]
    [InlineData("{ hello( }", "\"locations\":[{\"line\":1,\"column\":10}],\"extensions\":{\"code\":\"HC0011\"}")]
    [InlineData("{ nope }", "\"specifiedBy\":\"https://spec.graphql.org/September2025/#sec-Field-Selections\"")]
    [InlineData("query($left: Int!) { add(left: $left, right: 1) }", "\"extensions\":{\"code\":\"HC0018\",\"variable\":\"left\"}")]
    [InlineData("{ ...F } fragment F on Query { ...F }", "#sec-Fragment-Spreads-Must-Not-Form-Cycles")]
    [InlineData("fragment F on Query { hello }", "The document contains no operation.")]
    public async Task A_request_that_cannot_start_is_200_in_json_and_400_otherwise(string document, string expected)
    {
        var body = System.Text.Json.JsonSerializer.Serialize(new { query = document });
        var asJson = await _host.PostAsync(body, Json);
        var asResponse = await _host.PostAsync(body, GraphQLResponse);

        Assert.Equal((200, 400), (asJson.Status, asResponse.Status));
        Assert.Contains(expected, asJson.Body, StringComparison.Ordinal);
        Assert.Equal(asJson.Body, asResponse.Body);
        Assert.DoesNotContain("\"data\"", asJson.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_operation_name_is_reported()
    {
        var answer = await _host.PostAsync("""{"query":"query A { __typename }","operationName":"B"}""", GraphQLResponse);
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"errors":[{"message":"The specified operation `B` cannot be found.","locations":[{"line":1,"column":1}],"extensions":{"operationName":"B"}}]}""",
            answer.Body);
    }

    [Fact]
    public async Task Several_operations_need_a_name()
    {
        var answer = await _host.PostAsync("""{"query":"query A { __typename } query B { __typename }"}""", GraphQLResponse);
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            """{"errors":[{"message":"The operation name can only be omitted if there is just one operation in a GraphQL document.","locations":[{"line":1,"column":1},{"line":1,"column":24}]}]}""",
            answer.Body);
    }

    [Fact]
    public async Task A_coded_error_keeps_its_message_code_and_extensions()
    {
        var answer = await _host.PostAsync("""{"query":"{ coded __typename }"}""", GraphQLResponse);
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"errors":[{"message":"custom","locations":[{"line":1,"column":3}],"path":["coded"],"extensions":{"code":"MY_CODE","hint":1}}],"data":{"coded":null,"__typename":"Query"}}""",
            answer.Body);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/graphql")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=latin1")]
    public async Task A_body_that_is_not_json_is_415(string contentType)
    {
        var answer = await _host.PostAsync("""{"query":"{ __typename }"}""", Json, contentType);
        Assert.Equal(415, answer.Status);
    }

    [Theory]
    [InlineData("/graphql?query=%7B%20__typename%20%7D", 200)]
    [InlineData("/graphql/?query=%7B%20__typename%20%7D", 200)]
    [InlineData("/graphql", 400)]
    [InlineData("/graphql?query=%7B%20__typename%20%7D&variables=%5B%5D", 400)]
    [InlineData("/graphql?query=mutation%20%7B%20rename(name%3A%22x%22)%20%7D", 405)]
    [InlineData("/graphql?query=subscription%20%7B%20count(to%3A2)%20%7D", 405)]
    public async Task Get_runs_queries_only(string path, int status)
    {
        var asResponse = await _host.GetAsync(path, GraphQLResponse);
        var asJson = await _host.GetAsync(path, Json);

        Assert.Equal((status, status), (asResponse.Status, asJson.Status));
        if (status == 405)
            Assert.Equal("""{"errors":[{"message":"The specified operation kind is not allowed."}]}""", asJson.Body);
    }

    [Fact]
    public async Task Get_takes_variables_and_an_operation_name()
    {
        var query = Uri.EscapeDataString("query A($left: Int!) { add(left: $left, right: 2) } query B { hello }");
        var answer = await _host.GetAsync($"/graphql?query={query}&operationName=A&variables={Uri.EscapeDataString("""{"left":1}""")}");
        Assert.Equal("""{"data":{"add":3}}""", answer.Body);
    }

    [Fact]
    public async Task A_subscription_by_post_is_refused_as_hotchocolate_does()
    {
        const string Body = """{"query":"subscription { count(to: 2) }"}""";
        Assert.Equal(405, (await _host.PostAsync(Body, GraphQLResponse)).Status);
        Assert.Equal(200, (await _host.PostAsync(Body, Json)).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_405(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/graphql");
        Assert.Equal(405, (await _host.SendAsync(request)).Status);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxRequestBytes"] = "2048" });
        var body = $$"""{"query":"{ hello }","operationName":"{{new string('x', 3000)}}"}""";

        var answer = await host.PostAsync(body);
        Assert.Equal(413, answer.Status);
        Assert.Contains("\"code\":\"HC0010\"", answer.Body, StringComparison.Ordinal);

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(Json)) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(413, (await host.SendAsync(chunked)).Status);
    }

    [Fact]
    public async Task A_refused_value_is_not_echoed_in_full()
    {
        var answer = await _host.PostAsync($$"""{"query":"{ add(left: \"{{new string('x', 100_000)}}\", right: 1) }"}""");
        Assert.InRange(answer.Body.Length, 500, 1000);
    }

    [Fact]
    public async Task Text_keeps_its_letters()
    {
        var answer = await _host.PostAsync("""{"query":"mutation($name: String!) { rename(name: $name) }","variables":{"name":"é\"<&\u2028\ud83c\udf4c"}}""");
        using var json = System.Text.Json.JsonDocument.Parse(answer.Body);
        Assert.Equal("é\"<&\u2028\ud83c\udf4c", json.RootElement.GetProperty("data").GetProperty("rename").GetString());
    }

    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_schema_is_served_as_text_with_an_etag(string path)
    {
        var answer = await _host.GetAsync(path);
        Assert.Equal((200, "application/graphql; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Contains("type Query {", answer.Body, StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(304, (await _host.SendAsync(request)).Status);
    }
}
