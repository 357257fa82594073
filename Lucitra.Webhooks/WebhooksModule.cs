using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>
/// HubSpot's inbox. The host registers its context also as <see cref="Inbox.InboxDbContext"/> (scoped), one scoped
/// <see cref="IHubSpotEventHandler"/> for each object type it keeps, and maps controllers.
/// </summary>
public static class WebhooksModule
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string TelemetryName = "Lucitra.Webhooks";

    /// <summary>Tags the health checks that decide whether a process shall get requests.</summary>
    public const string ReadinessTag = "ready";

    /// <summary>What both roles share: options, queue, metrics, and the sample delivery.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HubSpotOptions>().Bind(configuration.GetSection(HubSpotOptions.Section)).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<HubSpotOptions>, HubSpotOptionsValidation>();
        services.AddOptions<WebhookOptions>()
            .Bind(configuration.GetSection(WebhookOptions.Section))
            .ValidateDataAnnotations()
            .Validate(
                options => options.Worker.RetryMaxDelay >= options.Worker.RetryBaseDelay,
                "Webhooks:Worker:RetryMaxDelay is below Webhooks:Worker:RetryBaseDelay.")
            .Validate(
                options => options.Replay.MaxEventsPerMinute >= options.Replay.MaxEvents,
                "Webhooks:Replay:MaxEventsPerMinute is below Webhooks:Replay:MaxEvents.")
            .ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<LucitraWebhookMetrics>();
        services.AddSingleton<QueueTelemetry>();
        services.AddSingleton<QueueSignal>();
        services.AddSingleton<Announcements>();
        services.AddQueue(configuration);
        services.AddScoped<InboxErasure>();
        services.AddSingleton<InboxTransactions>();
        services.AddHttpClient<SampleWebhook>();
        return services;
    }

    /// <summary>The role that receives deliveries. Without HubSpot's client secret the host does not start.</summary>
    public static IServiceCollection AddWebhookReceiver(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HubSpotOptions>().ValidateOnStart();
        services.AddOptions<QueueOptions>().ValidateOnStart();
        if (Queue(configuration).Provider == QueueProvider.PubSub)
            services.AddPubSubStart();
        services.AddControllers()
            .ConfigureApplicationPartManager(manager => manager.FeatureProviders.Add(new HubSpotWebhookFeatureProvider()));
        return services;
    }

    /// <summary>The role that applies their events.</summary>
    public static IServiceCollection AddWebhookWorker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QueueOptions>().ValidateOnStart();
        services.AddScoped<EventDispatcher>();
        services.AddSingleton<EventProcessor>();
        services.AddHostedService<EventWorker>();
        services.AddHostedService<InboxGauges>();
        if (Queue(configuration) is { Provider: QueueProvider.PubSub } queue)
            services.AddPubSubWorker(queue.PubSub.Consume);
        return services;
    }

    /// <summary>Where a queue posts to the worker, if it does.</summary>
    public static void MapWebhookWorker(this IEndpointRouteBuilder routes, IConfiguration configuration)
    {
        if (Queue(configuration) is { Provider: QueueProvider.PubSub, PubSub.Consume: PubSubConsumption.Push })
            routes.MapPush();
    }

    private static void AddQueue(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<QueueOptions>()
            .Bind(configuration.GetSection(QueueOptions.Section))
            .PostConfigure(options =>
            {
                options.PubSub.ProjectId ??= configuration["GOOGLE_CLOUD_PROJECT"];
                options.PubSub.EmulatorHost = configuration["PUBSUB_EMULATOR_HOST"] is { Length: > 0 } host ? host : null;
            })
            .ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<QueueOptions>, PubSubOptionsValidation>();
        if (Queue(configuration).Provider == QueueProvider.PubSub)
            services.AddPubSubQueue();
        else
            services.AddSingleton<QueueWriter>().AddSingleton<IEventQueue, DatabaseEventQueue>();
    }

    private static QueueOptions Queue(IConfiguration configuration) =>
        configuration.GetSection(QueueOptions.Section).Get<QueueOptions>() ?? new QueueOptions();
}
