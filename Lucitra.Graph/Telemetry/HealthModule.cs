using Lucitra.Graph.Database;
using Lucitra.Webhooks.Inbox;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lucitra.Graph.Telemetry;

/// <summary>Whether the server lives, whether it can work, and how the queue stands.</summary>
internal static class HealthModule
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
        routes.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString().ToUpperInvariant(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = entry.Value.Status.ToString().ToUpperInvariant(), details = entry.Value.Data }),
        },
        context.RequestAborted);

    /// <summary>The database answers; with it, how many deliveries and events wait.</summary>
    private sealed class DatabaseHealth(IDbContextFactory<LucitraDbContext> contexts) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                return HealthCheckResult.Healthy(data: new Dictionary<string, object>
                {
                    ["queuedDeliveries"] = await db.QueuedMessages.CountAsync(cancellationToken),
                    ["eventsToRetry"] = await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Received, cancellationToken),
                    ["deadEvents"] = await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Dead, cancellationToken),
                });
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", fault);
            }
        }
    }
}
