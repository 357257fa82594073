using Lucitra.Graph.Telemetry;
using Lucitra.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Telemetry;

public sealed class RequestLogTests
{
    [Theory]
    [InlineData("/graphql", 200, 1, "Answered GET /graphql with 200")]
    [InlineData("api/v1/contacts/{id}", 404, 1, "Answered GET /api/v1/contacts/{id} with 404")]
    [InlineData(null, 404, 1, "Answered GET (no route) with 404")]
    [InlineData("/webhook", 503, 0, "Failed GET /webhook with 503")]
    [InlineData("/graphql", 400, 0, "Answered GET /graphql with 400")]
    [InlineData("/graphql", 200, 0, null)]
    [InlineData("/health/ready", 200, 1, null)]
    [InlineData("/health/ready", 503, 1, "Failed GET /health/ready with 503")]
    public async Task A_request_is_logged_once_by_its_route(string? route, int status, double share, string? expected)
    {
        var context = ContextOf(route);

        var logged = await RunAsync(context, share, _ =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        if (expected is null)
            Assert.Empty(logged);
        else
            Assert.Contains($"{expected} in ", Assert.Single(logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_nobody_caught_the_fault_of_is_a_failed_one()
    {
        List<string>? logged = null;

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            logged = await RunAsync(ContextOf("/graphql"), share: 1, _ => throw new InvalidOperationException(), lines => logged = lines));

        Assert.Contains("Failed GET /graphql with 500 in ", Assert.Single(logged!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_whose_client_went_away_is_no_failure_of_the_server()
    {
        List<string>? logged = null;
        var context = ContextOf("/graphql");
        context.RequestAborted = new CancellationToken(canceled: true);

        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
            logged = await RunAsync(context, share: 0, _ => throw new OperationCanceledException(), lines => logged = lines));

        Assert.Contains("Answered GET /graphql with 499 in ", Assert.Single(logged!), StringComparison.Ordinal);
    }

    private static DefaultHttpContext ContextOf(string? route)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Path = "/secret", QueryString = new QueryString("?secret") } };
        if (route is not null)
            context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(route), 0, EndpointMetadataCollection.Empty, null));
        return context;
    }

    private static async Task<List<string>> RunAsync(HttpContext context, double share, RequestDelegate next, Action<List<string>>? afterwards = null)
    {
        using var log = new ErrorLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var middleware = new RequestLog(Options.Create(new TelemetryOptions { RequestLogShare = share }), TimeProvider.System, loggers.CreateLogger<RequestLog>());
        try
        {
            await middleware.InvokeAsync(context, next);
        }
        finally
        {
            afterwards?.Invoke([.. log.All]);
        }

        return [.. log.All];
    }
}
