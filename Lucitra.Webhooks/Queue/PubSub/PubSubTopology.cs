using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>The topics and subscriptions that deliveries go through: creates what is missing and mends what differs.</summary>
internal sealed class PubSubTopology(PubSubClient client, IOptions<QueueOptions> options)
{
    private const int MaxDeliveryAttempts = 100;

    private static readonly Duration _firstBackoff = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));
    private static readonly Duration _longestBackoff = Duration.FromTimeSpan(TimeSpan.FromSeconds(600));
    private static readonly Duration _retention = Duration.FromTimeSpan(TimeSpan.FromDays(7));

    private readonly PubSubOptions _options = options.Value.PubSub;

    /// <summary>
    /// Brings Pub/Sub to the settings. With <paramref name="pushEndpoint"/> the worker's subscription pushes there; without it
    /// one that exists keeps its endpoint, unless workers pull.
    /// </summary>
    public async Task<PubSubSetup> EnsureAsync(string? pushEndpoint, CancellationToken cancellationToken)
    {
        var setup = new PubSubSetup([], []);
        await EnsureAsync(_options.TopicName, setup, cancellationToken);
        await EnsureAsync(_options.DeadLetterTopicName, setup, cancellationToken);
        await EnsureAsync(DeadLetters(), [], setup, cancellationToken);

        var worker = Worker(pushEndpoint);
        string[] push = worker.PushConfig is null ? [] : ["push_config"];
        await EnsureAsync(worker, ["retry_policy", "dead_letter_policy", .. push], setup, cancellationToken);
        return setup;
    }

    private async Task EnsureAsync(string topic, PubSubSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            await client.Publisher.CreateTopicAsync(new Topic { Name = topic }, new Metadata { { "x-goog-request-params", $"name={Uri.EscapeDataString(topic)}" } }, cancellationToken: cancellationToken);
            setup.Changes.Add($"created {topic}");
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.AlreadyExists)
        {
        }
    }

    private async Task EnsureAsync(Subscription wanted, string[] policies, PubSubSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            await client.Subscriber.CreateSubscriptionAsync(wanted, cancellationToken: cancellationToken);
            setup.Changes.Add($"created {wanted.Name}");
            return;
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.AlreadyExists)
        {
        }

        var found = await client.Subscriber.GetSubscriptionAsync(
            new GetSubscriptionRequest { Subscription = wanted.Name }, PubSubClient.ForSubscription(wanted.Name), cancellationToken: cancellationToken);
        Compare(wanted, found, setup);
        string[] mutable = ["ack_deadline_seconds", "message_retention_duration", "expiration_policy", .. policies];
        var differing = mutable.Where(field => !Equals(ValueOf(wanted, field), ValueOf(found, field))).ToList();
        if (differing.Count == 0)
            return;

        await client.Subscriber.UpdateSubscriptionAsync(
            new UpdateSubscriptionRequest { Subscription = wanted, UpdateMask = new FieldMask { Paths = { differing } } },
            cancellationToken: cancellationToken);
        setup.Changes.Add($"changed {string.Join(", ", differing)} of {wanted.Name}");
    }

    private static void Compare(Subscription wanted, Subscription found, PubSubSetup setup)
    {
        if (found.Topic != wanted.Topic)
            setup.Differences.Add($"{wanted.Name} is a subscription of {found.Topic}, not of {wanted.Topic}");
        if (found.EnableMessageOrdering != wanted.EnableMessageOrdering)
            setup.Differences.Add($"{wanted.Name} has enable_message_ordering {(found.EnableMessageOrdering ? "on" : "off")}");
        if (found.Filter.Length > 0)
            setup.Differences.Add($"{wanted.Name} has a filter, which leaves messages out");
    }

    // An absent push config and an empty one both mean that workers pull, and never expiring is told in two ways as well.
    private static object? ValueOf(Subscription subscription, string field) =>
        Subscription.Descriptor.FindFieldByName(field).Accessor.GetValue(subscription) switch
        {
            IMessage message when message.CalculateSize() == 0 => null,
            var value => value,
        };

    private Subscription DeadLetters() => new()
    {
        Name = _options.DeadLetterSubscriptionName,
        Topic = _options.DeadLetterTopicName,
        AckDeadlineSeconds = (int)_options.AckDeadline.TotalSeconds,
        MessageRetentionDuration = _retention,
        ExpirationPolicy = new ExpirationPolicy(),
    };

    /// <summary>The worker's subscription as the settings want it.</summary>
    public Subscription Worker(string? pushEndpoint) => new()
    {
        Name = _options.SubscriptionName,
        Topic = _options.TopicName,
        AckDeadlineSeconds = (int)_options.AckDeadline.TotalSeconds,
        MessageRetentionDuration = _retention,
        EnableMessageOrdering = true,
        ExpirationPolicy = new ExpirationPolicy(),
        RetryPolicy = new RetryPolicy { MinimumBackoff = _firstBackoff, MaximumBackoff = _longestBackoff },
        DeadLetterPolicy = new DeadLetterPolicy { DeadLetterTopic = _options.DeadLetterTopicName, MaxDeliveryAttempts = MaxDeliveryAttempts },
        PushConfig = pushEndpoint is not null ? Push(pushEndpoint) : _options.Consume == PubSubConsumption.StreamingPull ? new PushConfig() : null,
    };

    private PushConfig Push(string endpoint)
    {
        var (audience, account) = (_options.Push.Audience, _options.Push.ServiceAccountEmail);
        return new PushConfig
        {
            PushEndpoint = endpoint,
            OidcToken = account.Length == 0 ? null : new PushConfig.Types.OidcToken
            {
                ServiceAccountEmail = account,
                Audience = audience.Length == 0 ? endpoint : audience,
            },
        };
    }
}
