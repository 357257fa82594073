namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>What is measured of subscriptions.</summary>
/// <param name="Subscribers">How many are open while nothing happens.</param>
/// <param name="IdleSeconds">How long the server is watched then.</param>
/// <param name="FanOut">How many one change is told to.</param>
/// <param name="Changes">How many changes a round tells them.</param>
/// <param name="Rounds">How many rounds.</param>
/// <param name="Rate">Webhook events a second.</param>
/// <param name="Batch">Events in one request.</param>
/// <param name="Listeners">How many subscribers hear each event.</param>
/// <param name="Seconds">How long events come.</param>
/// <param name="Program">The folder of the server's program.</param>
/// <param name="Output">The file that gets everything that was measured.</param>
internal sealed record SubscriptionsOptions(
    int Subscribers, int IdleSeconds, int FanOut, int Changes, int Rounds, int Rate, int Batch, int Listeners, int Seconds, string Program, string Output);
