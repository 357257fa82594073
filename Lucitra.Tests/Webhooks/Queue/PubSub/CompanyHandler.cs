using System.Collections.Concurrent;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Applies companies once it may, and remembers in which order they were applied.</summary>
internal sealed class CompanyHandler(CompanyHandler.Plan plan) : IHubSpotEventHandler
{
    public string ObjectType => "company";

    public async Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref plan.Calls);
        await plan.Gate.Task.WaitAsync(cancellationToken);
        foreach (var one in events)
        {
            one.Apply();
            plan.Applied.Enqueue((one.Fact.ObjectId!.Value, one.Fact.PropertyValue));
        }
    }

    internal sealed class Plan
    {
        public int Calls;

        /// <summary>Open from the start; replaced by one that is not.</summary>
        public TaskCompletionSource Gate { get; private set; } = Opened();

        public ConcurrentQueue<(long Id, string? Name)> Applied { get; } = [];

        public void Close() => Gate = new TaskCompletionSource();

        public void Register(WebApplicationBuilder builder) => builder.Services.AddSingleton(this).AddScoped<IHubSpotEventHandler, CompanyHandler>();

        private static TaskCompletionSource Opened()
        {
            var gate = new TaskCompletionSource();
            gate.SetResult();
            return gate;
        }
    }
}
