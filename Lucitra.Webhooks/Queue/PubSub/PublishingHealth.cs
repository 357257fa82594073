using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Deliveries are welcome: publishing has not failed just now. After a while they are again, since only another delivery can
/// show that Pub/Sub is back; a service account that may publish need not be allowed to ask.
/// </summary>
internal sealed class PublishingHealth(PubSubState state) : IHealthCheck
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        state.Publishing is null or StatusCode.OK || state.SincePublishing > _pause
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Pub/Sub did not take a delivery ({state.Publishing})."));
}
