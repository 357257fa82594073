using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// The database answers, and its schema fits this program: another release may change it at any time. What is known of the
/// schema counts on while a migration keeps its list to itself.
/// </summary>
internal sealed class SchemaHealth(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private volatile SchemaFit? _known;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.QueuedMessages.AnyAsync(cancellationToken);
            return await FitAsync(db, cancellationToken) is { Problem: { } problem } ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", fault);
        }
    }

    private async Task<SchemaFit> FitAsync(LucitraDbContext db, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return _known = await SchemaFit.ReadAsync(db, either.Token);
        }
        catch (OperationCanceledException) when (_known is not null && !cancellationToken.IsCancellationRequested)
        {
            return _known;
        }
    }
}
