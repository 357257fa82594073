using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Tests.Webhooks;

/// <summary>Applies companies, but for those whose name says that it shall fail, as often as its <see cref="Plan"/> says.</summary>
internal sealed class FailingHandler(FailingHandler.Plan plan) : IHubSpotEventHandler
{
    public const string Poison = "poison company of ada@secret.example";

    public string ObjectType => "company";

    public Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken)
    {
        if (events.Any(one => one.Fact.PropertyValue == Poison) && Interlocked.Decrement(ref plan.Failures) >= 0)
            throw new InvalidOperationException($"Cannot apply {Poison}");
        foreach (var one in events)
            one.Apply();
        return Task.CompletedTask;
    }

    /// <summary>How many calls with a poisonous company still fail.</summary>
    internal sealed class Plan(int failures)
    {
        public int Failures = failures;
    }
}
