using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Lucitra.Webhooks.Queue;
using Lucitra.Webhooks.Queue.PubSub;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Support;

/// <summary>A project of a test's own at an emulator, with the topics and subscriptions that the settings name.</summary>
internal sealed class PubSubProject : IDisposable
{
    private readonly QueueOptions _options;
    private readonly PubSubTopology _topology;

    private PubSubProject(string host)
    {
        _options = new QueueOptions
        {
            Provider = QueueProvider.PubSub,
            PubSub = { EmulatorHost = host, ProjectId = $"p-{Guid.CreateVersion7():n}", AckDeadline = TimeSpan.FromSeconds(10) },
        };
        Client = new PubSubClient(Options.Create(_options), new GoogleAccess());
        _topology = new PubSubTopology(Client, Options.Create(_options));
    }

    public PubSubClient Client { get; }

    public PubSubOptions Names => _options.PubSub;

    /// <summary>The settings of a server that uses it.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["PUBSUB_EMULATOR_HOST"] = Names.EmulatorHost,
        ["Queue:Provider"] = "PubSub",
        ["Queue:PubSub:ProjectId"] = Names.ProjectId,
        ["Queue:PubSub:AckDeadline"] = "00:00:10",
    };

    /// <summary>A project without topics.</summary>
    public static PubSubProject At(string host) => new(host);

    /// <summary>A project that is set up, at the emulator of the whole test run.</summary>
    public static async Task<PubSubProject> CreateAsync(string? pushEndpoint = null)
    {
        var project = At((await PubSubEmulator.StartedAsync()).Host);
        await project.SetUpAsync(pushEndpoint);
        return project;
    }

    /// <summary>Sets it up, with messages that are given back coming again at once, and put aside after few attempts.</summary>
    public async Task SetUpAsync(string? pushEndpoint = null)
    {
        await _topology.EnsureAsync(pushEndpoint, CancellationToken.None);
        await Client.Subscriber.UpdateSubscriptionAsync(new UpdateSubscriptionRequest
        {
            Subscription = new Subscription
            {
                Name = Names.SubscriptionName,
                RetryPolicy = new RetryPolicy { MinimumBackoff = new Duration { Nanos = 100_000_000 }, MaximumBackoff = new Duration { Seconds = 1 } },
            },
            UpdateMask = new FieldMask { Paths = { "retry_policy" } },
        });
    }

    /// <summary>Its settings as the environment of a process, over those the process needs otherwise.</summary>
    public Dictionary<string, string?> EnvironmentOver(Dictionary<string, string?> environment) => Environment(environment, Settings);

    /// <summary>Settings as the environment of a process, over those it needs otherwise.</summary>
    public static Dictionary<string, string?> Environment(Dictionary<string, string?> environment, Dictionary<string, string?> settings)
    {
        // In Production the emulator is refused.
        var all = new Dictionary<string, string?>(environment) { ["ASPNETCORE_ENVIRONMENT"] = "Test" };
        foreach (var (name, value) in settings)
            all[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return all;
    }

    public async Task PublishAsync(string data, string? topic = null) => await Client.Publisher.PublishAsync(new PublishRequest
    {
        Topic = topic ?? Names.TopicName,
        Messages = { new PubsubMessage { Data = ByteString.CopyFromUtf8(data) } },
    });

    /// <summary>Removes the worker's subscription: the emulator would go on posting to a server that is gone.</summary>
    public async Task DeleteSubscriptionAsync() =>
        await Client.Subscriber.DeleteSubscriptionAsync(new DeleteSubscriptionRequest { Subscription = Names.SubscriptionName });

    /// <summary>What waits in a subscription; empty where nothing comes within two seconds.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> PullAsync(string subscription)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            return (await Client.Subscriber.PullAsync(new PullRequest { Subscription = subscription, MaxMessages = 1_000 }, cancellationToken: limit.Token)).ReceivedMessages;
        }
        catch (Grpc.Core.RpcException) when (limit.IsCancellationRequested)
        {
            return [];
        }
    }

    public void Dispose() => Client.Dispose();
}
