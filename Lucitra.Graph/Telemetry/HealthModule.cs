using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lucitra.Graph.Telemetry;

/// <summary>Whether the server lives, whether it shall get requests, and how the queue stands.</summary>
internal static class HealthModule
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<FinishedEvents>();
        services.AddSingleton<SchemaHealth>();
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database")
            .AddCheck<SchemaHealth>("schema", tags: [WebhooksModule.ReadinessTag])
            .AddCheck<DepartureHealth>("departure", tags: [WebhooksModule.ReadinessTag]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(WebhooksModule.ReadinessTag),
            ResponseWriter = WriteAsync,
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        });
        routes.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString().ToUpperInvariant(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new
                {
                    status = entry.Value.Status.ToString().ToUpperInvariant(),
                    description = entry.Value.Description,
                    details = entry.Value.Data,
                }),
        },
        context.RequestAborted);

    /// <summary>Requests are welcome: nobody has told the process to stop, which is no error and not logged as one.</summary>
    private sealed class DepartureHealth(Departure departure) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
            departure.HasBegun ? HealthCheckResult.Degraded("The server was told to stop. Send requests elsewhere.") : HealthCheckResult.Healthy());
    }

    /// <summary>The database answers; with it, how many deliveries and events wait, and for how long.</summary>
    private sealed class DatabaseHealth(IDbContextFactory<LucitraDbContext> contexts, FinishedEvents finished, TimeProvider clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var state = await InboxState.ReadAsync(db, clock.UtcNow(), cancellationToken);
                return HealthCheckResult.Healthy(data: new Dictionary<string, object>
                {
                    ["queuedDeliveries"] = state.QueuedDeliveries,
                    ["eventsToRetry"] = state.EventsToRetry,
                    ["deadEvents"] = state.DeadEvents,
                    ["oldestQueuedSeconds"] = Math.Round(state.OldestQueued.TotalSeconds, 1),
                    ["oldestDueSeconds"] = Math.Round(state.OldestDue.TotalSeconds, 1),
                    ["lagSeconds"] = Math.Round(state.Lag.TotalSeconds, 1),
                    ["finishedLastDay"] = await finished.LastDayAsync(db, cancellationToken),
                });
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", fault);
            }
        }
    }
}
