using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Whether a receiver shall get deliveries, by what Pub/Sub said to the last one.</summary>
public sealed class PublishingHealthTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Before_the_first_delivery_it_is_ready() => Assert.Equal(HealthStatus.Healthy, await StatusAsync(new PubSubState(_clock)));

    [Fact]
    public async Task After_a_delivery_that_was_not_taken_it_is_not_ready_for_a_while()
    {
        var state = new PubSubState(_clock);
        state.Published(StatusCode.Unavailable);
        Assert.Equal(HealthStatus.Degraded, await StatusAsync(state));

        // Only another delivery can show that Pub/Sub is back.
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(HealthStatus.Healthy, await StatusAsync(state));
    }

    [Fact]
    public async Task After_a_delivery_that_was_taken_it_is_ready_again()
    {
        var state = new PubSubState(_clock);
        state.Published(StatusCode.Unavailable);
        state.Published(StatusCode.OK);

        Assert.Equal(HealthStatus.Healthy, await StatusAsync(state));
    }

    private static async Task<HealthStatus> StatusAsync(PubSubState state) =>
        (await new PublishingHealth(state).CheckHealthAsync(new HealthCheckContext())).Status;
}
