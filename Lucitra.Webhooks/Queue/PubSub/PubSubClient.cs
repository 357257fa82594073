using Grpc.Core;
using Grpc.Net.Client;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>The connection to Pub/Sub, or to its emulator.</summary>
internal sealed class PubSubClient : IDisposable
{
    private const string Endpoint = "https://pubsub.googleapis.com";

    // A call is kept for repetition only while it fits: the largest request Pub/Sub takes is 10 MB.
    private const int LargestRepeatedCall = 12 * 1024 * 1024;
    private const int LargestRepeatedCalls = 64 * 1024 * 1024;

    // Until then every call fails at once, and HubSpot would wait for a Pub/Sub that is back.
    private static readonly TimeSpan _firstReconnect = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestReconnect = TimeSpan.FromSeconds(5);

    private readonly GrpcChannel _channel;

    public PubSubClient(IOptions<QueueOptions> options, GoogleAccess access)
    {
        var emulator = options.Value.PubSub.EmulatorHost;
        _channel = GrpcChannel.ForAddress(emulator is null ? Endpoint : $"http://{emulator}", new GrpcChannelOptions
        {
            Credentials = emulator is null ? ChannelCredentials.Create(ChannelCredentials.SecureSsl, access.ForCalls()) : ChannelCredentials.Insecure,
            ServiceConfig = PubSubRetries.Config,
            MaxRetryBufferPerCallSize = LargestRepeatedCall,
            MaxRetryBufferSize = LargestRepeatedCalls,
            MaxReceiveMessageSize = null,
            InitialReconnectBackoff = _firstReconnect,
            MaxReconnectBackoff = _longestReconnect,
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromSeconds(3),
                KeepAlivePingDelay = TimeSpan.FromMinutes(1),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            },
        });
        Publisher = new Publisher.PublisherClient(_channel);
        Subscriber = new Subscriber.SubscriberClient(_channel);
    }

    public Publisher.PublisherClient Publisher { get; }

    public Subscriber.SubscriberClient Subscriber { get; }

    /// <summary>The header by which Google routes a call about a topic.</summary>
    public static Metadata ForTopic(string name) => Routing("topic", name);

    /// <summary>The header by which Google routes a call about a subscription.</summary>
    public static Metadata ForSubscription(string name) => Routing("subscription", name);

    public void Dispose() => _channel.Dispose();

    private static Metadata Routing(string field, string name) => new() { { "x-goog-request-params", $"{field}={Uri.EscapeDataString(name)}" } };
}
