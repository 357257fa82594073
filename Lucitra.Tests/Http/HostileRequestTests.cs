using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

/// <summary>
/// What graphql-cop and OWASP's GraphQL cheat sheet try, and the answer to each in Production. Two of graphql-cop's
/// findings are meant: queries by GET, which change nothing and cannot be read across sites, and small batches.
/// </summary>
public sealed class HostileRequestTests(HostileRequestTests.Fixture fixture) : IClassFixture<HostileRequestTests.Fixture>
{
    private readonly GraphQLHost _host = fixture.Host;

    public sealed class Fixture : IAsyncLifetime
    {
        public GraphQLHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await GraphQLHost.StartAsync(environment: "Production");

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Fact]
    public Task Alias_overloading() => IsRefusedAsync("{ " + Repeat(101, number => $"alias{number}: __typename ") + "}", "LUCITRA_DOCUMENT_TOO_COMPLEX");

    [Fact]
    public Task Field_duplication() => IsRefusedAsync("{ " + Repeat(500, _ => "__typename ") + "}", "LUCITRA_DOCUMENT_TOO_COMPLEX");

    [Fact]
    public Task Directive_overloading() => IsRefusedAsync("{ __typename " + Repeat(101, _ => "@aa") + " }", "LUCITRA_DOCUMENT_TOO_COMPLEX");

    [Fact]
    public Task Deep_nesting() => IsRefusedAsync(Repeat(30, _ => "{ a ") + new string('}', 30), "LUCITRA_DOCUMENT_TOO_COMPLEX");

    [Fact]
    public Task Fragments_that_double() => IsRefusedAsync(
        "{ ...F0 } " + Repeat(22, number => $"fragment F{number} on Query {{ ...F{number + 1} ...F{number + 1} }} ") + "fragment F22 on Query { hello }",
        "LUCITRA_DOCUMENT_TOO_COMPLEX");

    [Fact]
    public Task Fragments_in_a_circle() => IsRefusedAsync(
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "Fragment-Spreads-Must-Not-Form-Cycles");

    [Fact]
    public Task Introspection() => IsRefusedAsync("{ __schema { types { name } } }", "HC0046");

    [Fact]
    public Task Introspection_by_type() => IsRefusedAsync("{ __type(name: \\\"Query\\\") { name } }", "HC0046");

    [Fact]
    public async Task Circular_introspection_where_introspection_is_allowed()
    {
        await using var host = await GraphQLHost.StartAsync();
        var answer = await host.PostAsync("""{"query":"{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"}""");
        Assert.Contains("HC0086", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_as_text()
    {
        Assert.Equal(404, (await _host.GetAsync("/graphql?sdl")).Status);
        Assert.Equal(404, (await _host.GetAsync("/graphql/schema.graphql")).Status);
    }

    [Theory]
    [InlineData("{ hell }", "hello")]
    [InlineData("{ add(lef: 1, right: 1) }", "left")]
    [InlineData("query($a: Strin) { hello }", "String")]
    public async Task Suggestions_for_misspelt_names(string document, string suggestion)
    {
        await using var open = await GraphQLHost.StartAsync();
        var body = JsonSerializer.Serialize(new { query = document });

        Assert.DoesNotContain("Did you mean", (await _host.PostAsync(body)).Body, StringComparison.Ordinal);
        Assert.Contains(suggestion, (await open.PostAsync(body)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_overloading()
    {
        var answer = await _host.PostAsync("[" + string.Join(',', Enumerable.Repeat("""{"query":"{ __typename }"}""", 21)) + "]");
        Assert.Equal(400, answer.Status);
        Assert.Contains("GraphQL:MaxBatchSize", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mutation_by_get()
    {
        var answer = await _host.GetAsync("/graphql?query=" + Uri.EscapeDataString("mutation { rename(name: \"x\") }"));
        Assert.Equal(405, answer.Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "query=%7B__typename%7D")]
    [InlineData("text/plain", """{"query":"{ __typename }"}""")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{}\r\n--x--\r\n")]
    public async Task A_post_that_a_foreign_page_can_send(string contentType, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        var answer = await _host.SendAsync(request);

        Assert.Equal(415, answer.Status);
        Assert.DoesNotContain("\"data\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_and_its_trace()
    {
        var answer = await _host.PostAsync("""{"query":"{ boom }","extensions":{"tracing":true}}""");

        Assert.StartsWith("""{"errors":[{"message":"Unexpected Execution Error","path":["boom"],"extensions":{"code":"HC0008","traceId":""", answer.Body.Replace(",\"locations\":[{\"line\":1,\"column\":3}]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var leak in new[] { "secret", "Exception", "   at ", "tracing", ".cs" })
            Assert.DoesNotContain(leak, answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/graphiql")]
    [InlineData("/playground")]
    [InlineData("/console")]
    [InlineData("/graphql/console")]
    [InlineData("/graphql/graphiql")]
    public async Task Other_consoles(string path)
    {
        Assert.Equal(404, (await _host.GetAsync(path, "text/html")).Status);
    }

    private static string Repeat(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    private async Task IsRefusedAsync(string document, string expected)
    {
        var answer = await _host.PostAsync($$"""{"query":"{{document}}"}""", "application/graphql-response+json");
        Assert.Equal(400, answer.Status);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
    }
}
