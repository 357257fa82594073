using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Whether publishing and consuming worked when it was last done, and how many messages this process holds. How many wait in
/// Pub/Sub it does not tell; Cloud Monitoring does.
/// </summary>
internal sealed class PubSubHealth(PubSubState state, HeldMessages held, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>
        {
            ["publishing"] = Text(state.Publishing),
            ["consuming"] = Text(state.Consuming),
            ["messagesHeld"] = held.Count,
            ["oldestHeldSeconds"] = held.Oldest is { } oldest ? (int)(clock.UtcNow() - oldest).TotalSeconds : 0,
        };
        return Task.FromResult(IsFine(state.Publishing) && IsFine(state.Consuming)
            ? HealthCheckResult.Healthy(data: data)
            : HealthCheckResult.Unhealthy("Pub/Sub does not do what it is asked.", data: data));
    }

    private static bool IsFine(StatusCode? code) => code is null or StatusCode.OK;

    private static string Text(StatusCode? code) => code is null ? "NOT_YET" : IsFine(code) ? "OK" : $"FAILED: {code}";
}
