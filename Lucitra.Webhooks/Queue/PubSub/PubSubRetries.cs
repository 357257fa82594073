using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Lucitra.Webhooks.Queue.PubSub.Wire;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Which calls are repeated after which answers, as Google's own clients do. A stream is opened again by whoever reads it.
/// </summary>
internal static class PubSubRetries
{
    private const int Attempts = 5;

    public static ServiceConfig Config { get; } = new()
    {
        MethodConfigs =
        {
            Retry(
                [
                    StatusCode.Aborted, StatusCode.Cancelled, StatusCode.Internal, StatusCode.ResourceExhausted, StatusCode.Unknown,
                    StatusCode.Unavailable, StatusCode.DeadlineExceeded,
                ],
                Publishing("Publish")),
            Retry(
                [StatusCode.Unavailable],
                Publishing("CreateTopic"), Subscribing("Acknowledge"), Subscribing("ModifyAckDeadline"), Subscribing("UpdateSubscription")),
            Retry(
                [StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable],
                Publishing("GetTopic"), Subscribing("GetSubscription"), Subscribing("CreateSubscription"), Subscribing("Pull")),
        },
    };

    private static MethodConfig Retry(StatusCode[] codes, params MethodName[] methods)
    {
        var policy = new Grpc.Net.Client.Configuration.RetryPolicy
        {
            MaxAttempts = Attempts,
            InitialBackoff = TimeSpan.FromSeconds(0.1),
            BackoffMultiplier = 1.3,
            MaxBackoff = TimeSpan.FromMinutes(1),
        };
        foreach (var code in codes)
            policy.RetryableStatusCodes.Add(code);

        var config = new MethodConfig { RetryPolicy = policy };
        foreach (var method in methods)
            config.Names.Add(method);
        return config;
    }

    private static MethodName Publishing(string method) => new() { Service = Publisher.Descriptor.FullName, Method = method };

    private static MethodName Subscribing(string method) => new() { Service = Subscriber.Descriptor.FullName, Method = method };
}
