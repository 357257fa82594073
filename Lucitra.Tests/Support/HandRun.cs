using System.Text.Json;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Support;

/// <summary>A server whose workers do not run, so that a test does their work, transaction by transaction.</summary>
internal static class HandRun
{
    public static Task<LucitraApp> StartAsync(string database) => LucitraApp.StartAsync(
        database,
        new() { ["Lucitra:Roles"] = "Api, Webhooks", ["HubSpot:WriteBack:Enabled"] = "true" },
        builder => builder.Services
            .AddScoped<EventDispatcher>()
            .AddSingleton<InboxTransactions>()
            .AddSettlement());

    /// <summary>Does work in a transaction of its own.</summary>
    public static Task RunAsync(this LucitraApp app, Func<IServiceProvider, Task> work) => app.Services.GetRequiredService<InboxTransactions>().RunAsync(
        async (services, _) =>
        {
            await work(services);
            return true;
        },
        CancellationToken.None);

    /// <summary>The work of applying events.</summary>
    public static Func<IServiceProvider, Task> Apply(params HubSpotFact[] facts) => Apply(Incoming(facts));

    public static Func<IServiceProvider, Task> Apply(List<IncomingEvent> events) => services =>
        services.GetRequiredService<EventDispatcher>().ApplyAsync(events, CancellationToken.None);

    /// <summary>Events as a delivery brings them.</summary>
    public static List<IncomingEvent> Incoming(params HubSpotFact[] facts) =>
        IncomingEvent.AllOf(JsonSerializer.SerializeToUtf8Bytes(facts.Select(fact => fact.ToJson())), HubSpotFact.Start.UtcDateTime, traceParent: null);
}
