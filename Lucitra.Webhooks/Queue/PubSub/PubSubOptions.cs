using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Section <c>Queue:PubSub</c>: names, limits and ways of Google Cloud Pub/Sub.</summary>
public sealed class PubSubOptions
{
    /// <summary>The Google Cloud project. Default: the environment variable <c>GOOGLE_CLOUD_PROJECT</c>.</summary>
    public string? ProjectId { get; set; }

    /// <summary>The topic that deliveries are published to. Default <c>lucitra-webhooks</c>.</summary>
    public string Topic { get; set; } = "lucitra-webhooks";

    /// <summary>The subscription from which workers take them. Default <c>lucitra-webhooks-worker</c>.</summary>
    public string Subscription { get; set; } = "lucitra-webhooks-worker";

    /// <summary>Where Pub/Sub puts a message that was given back 100 times. Default <c>lucitra-webhooks-dead</c>.</summary>
    public string DeadLetterTopic { get; set; } = "lucitra-webhooks-dead";

    /// <summary>The subscription that keeps those messages for <c>pubsub drain-dead-letters</c>. Default <c>lucitra-webhooks-dead</c>.</summary>
    public string DeadLetterSubscription { get; set; } = "lucitra-webhooks-dead";

    /// <summary>
    /// How a worker gets messages: <c>StreamingPull</c> holds a connection to Pub/Sub; with <c>Push</c> Pub/Sub posts each message
    /// to <c>/internal/pubsub/push</c>. Default StreamingPull.
    /// </summary>
    public PubSubConsumption Consume { get; set; } = PubSubConsumption.StreamingPull;

    /// <summary>Who may push.</summary>
    [ValidateObjectMembers]
    public PubSubPushOptions Push { get; set; } = new();

    /// <summary>
    /// How long Pub/Sub waits for a message to be acknowledged before it delivers it again. A streaming worker extends it, up to
    /// an hour; what cannot be stored within half of it is given back. Time span, default <c>00:01:00</c>, from 10 seconds to
    /// 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan AckDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Most messages a streaming worker holds, applied or waiting; it reads no further above it. What Pub/Sub sends at once
    /// counts whole. Default 1000, from 1 to 10000.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxOutstandingMessages { get; set; } = 1_000;

    /// <summary>The same in bytes of messages. Default 104857600, from 1024 to 1073741824.</summary>
    [Range(1_024, 1_073_741_824)]
    public int MaxOutstandingBytes { get; set; } = 100 * 1024 * 1024;

    /// <summary>
    /// Longest time to publish one delivery, repetitions included; HubSpot waits 5 seconds. Time span, default
    /// <c>00:00:03</c>, from 100 ms to 3.9 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:03.900")]
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Most calls that publish parts of one delivery at once. Default 16, from 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxConcurrentPublishes { get; set; } = 16;

    /// <summary>Host and port of the emulator, from the environment variable <c>PUBSUB_EMULATOR_HOST</c>.</summary>
    internal string? EmulatorHost { get; set; }

    internal string TopicName => TopicNamed(Topic);

    internal string DeadLetterTopicName => TopicNamed(DeadLetterTopic);

    internal string SubscriptionName => SubscriptionNamed(Subscription);

    internal string DeadLetterSubscriptionName => SubscriptionNamed(DeadLetterSubscription);

    private string TopicNamed(string id) => $"projects/{ProjectId}/topics/{id}";

    private string SubscriptionNamed(string id) => $"projects/{ProjectId}/subscriptions/{id}";
}

/// <summary>How a worker gets messages from Pub/Sub.</summary>
public enum PubSubConsumption
{
    /// <summary>The worker holds a connection, over which Pub/Sub sends.</summary>
    StreamingPull,

    /// <summary>Pub/Sub posts to the worker.</summary>
    Push,
}
