using System.Security.Claims;
using GraphQL;
using GraphQL.Transport;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Http.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Schema.Documents;

public sealed class GraphQLExecutorTests
{
    [Fact]
    public async Task Only_documents_that_validate_are_cached()
    {
        await using var host = await GraphQLHost.StartAsync();
        var cache = host.Services.GetRequiredService<DocumentCache>();

        await ExecuteAsync(host, "{ nope }");
        await ExecuteAsync(host, "{ add( }");
        Assert.Equal(0, cache.Count);

        await ExecuteAsync(host, "{ hello }");
        await ExecuteAsync(host, "{ hello }");
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task Variables_of_a_cached_document_are_still_checked()
    {
        await using var host = await GraphQLHost.StartAsync();
        const string Document = "query($left: Int!) { add(left: $left, right: 1) }";

        Assert.True((await ExecuteAsync(host, Document, new() { ["left"] = 1 })).Executed);
        var result = await ExecuteAsync(host, Document, new() { ["left"] = "x" });

        Assert.False(result.Executed);
        Assert.Contains("$left", Assert.Single(result.Errors!).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_operation_is_cancelled_at_the_timeout()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:ExecutionTimeout"] = "00:00:00.2" });

        var result = await ExecuteAsync(host, "{ slow(ms: 60000) }");

        Assert.Equal(ErrorCodes.Timeout, Assert.Single(result.Errors!).Code);
        Assert.Equal("The request exceeded the configured timeout of `00:00:00.2000000`.", result.Errors![0].Message);
    }

    [Fact]
    public async Task An_operation_ends_when_its_client_leaves()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var leaving = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var result = await ExecuteAsync(host, "{ slow(ms: 60000) }", cancellationToken: leaving.Token);

        Assert.Equal(ErrorCodes.Cancelled, Assert.Single(result.Errors!).Code);
        Assert.Empty(host.Logs.Errors);
    }

    [Fact]
    public async Task Errors_beyond_the_limit_are_counted_not_listed()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxErrors"] = "3" });

        var result = await ExecuteAsync(host, "{ " + string.Concat(Enumerable.Range(0, 20).Select(number => $"unknown{number} ")) + "}");

        Assert.Equal(4, result.Errors!.Count);
        Assert.Equal("17 more errors were left out (GraphQL:MaxErrors is 3).", result.Errors[3].Message);
    }

    [Fact]
    public async Task A_fault_is_logged_once_with_its_trace()
    {
        await using var host = await GraphQLHost.StartAsync();

        var answer = await host.PostAsync("""{"query":"{ boom }"}""");

        var (_, message, exception) = Assert.Single(host.Logs.Errors);
        Assert.Equal("a secret", exception!.Message);
        var traceId = message[(message.LastIndexOf(' ') + 1)..];
        Assert.Contains($"\"traceId\":\"{traceId}\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Body, StringComparison.Ordinal);
    }

    private static Task<ExecutionResult> ExecuteAsync(GraphQLHost host, string document, Dictionary<string, object?>? variables = null, CancellationToken cancellationToken = default) =>
        host.Services.GetRequiredService<GraphQLExecutor>().ExecuteAsync(
            new GraphQLRequest { Query = document, Variables = variables?.ToInputs() },
            new OperationCaller(host.Services, new ClaimsPrincipal()),
            OperationKinds.Any,
            cancellationToken);
}
