using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Google Cloud Pub/Sub as the queue: what its parts are, and what an operator does with it.</summary>
public static class PubSubModule
{
    /// <summary>Where a worker takes the posts of a push subscription.</summary>
    public const string PushPath = "/internal/pubsub/push";

    /// <summary>Creates the topics and subscriptions of the settings, and changes what differs from them.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="pushEndpoint">Where the worker's subscription posts messages; null for a worker that pulls.</param>
    /// <param name="cancellationToken">Ends it early; what is done stays.</param>
    public static Task<PubSubSetup> SetUpPubSubAsync(this IServiceProvider services, string? pushEndpoint, CancellationToken cancellationToken) =>
        services.GetRequiredService<PubSubTopology>().EnsureAsync(pushEndpoint, cancellationToken);

    /// <summary>Applies the messages that Pub/Sub put aside, and says how many there were. Needs the services of a worker.</summary>
    public static Task<int> DrainDeadLettersAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<DeadLetters>().DrainAsync(cancellationToken);

    /// <summary>
    /// Looks before the host starts whether Pub/Sub can be used where it is the queue, and throws
    /// <see cref="OptionsValidationException"/> with what to set where it cannot.
    /// </summary>
    public static Task PreparePubSubAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetService<PubSubStart>()?.PrepareAsync(cancellationToken) ?? Task.CompletedTask;

    internal static void AddPubSubQueue(this IServiceCollection services)
    {
        services.AddSingleton<GoogleAccess>();
        services.AddSingleton<PubSubClient>();
        services.AddSingleton<PubSubMetrics>();
        services.AddSingleton<PubSubState>();
        services.AddSingleton<HeldMessages>();
        services.AddSingleton<PubSubTopology>();
        services.AddSingleton<IEventQueue, PubSubEventQueue>();
        services.AddHealthChecks().AddCheck<PubSubHealth>("queue").AddCheck<PublishingHealth>("publishing", tags: [WebhooksModule.ReadinessTag]);
    }

    internal static void AddPubSubStart(this IServiceCollection services)
    {
        services.TryAddSingleton<PubSubStart>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PubSubStart>(provider => provider.GetRequiredService<PubSubStart>()));
    }

    internal static void AddPubSubWorker(this IServiceCollection services, PubSubConsumption consumption)
    {
        services.AddPubSubStart();
        services.AddSingleton<IValidateOptions<QueueOptions>, PushOptionsValidation>();
        services.AddSingleton<DeadLetters>();
        if (consumption == PubSubConsumption.Push)
        {
            services.AddSingleton<PushToken>();
            services.AddSingleton<PushEndpoint>();
            return;
        }

        services.AddSingleton<Acknowledgements>();
        services.AddSingleton<MessageStream>();
        services.AddHostedService<PubSubWorker>();
    }

    internal static void MapPush(this IEndpointRouteBuilder routes) =>
        routes.MapPost(PushPath, (HttpContext context) => context.RequestServices.GetRequiredService<PushEndpoint>().HandleAsync(context))
            .AllowAnonymous();
}
