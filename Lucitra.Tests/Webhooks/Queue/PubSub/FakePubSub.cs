using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Pub/Sub as a test wants it to answer: what the emulator cannot do.</summary>
internal sealed class FakePubSub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakePubSub(WebApplication app) => _app = app;

    /// <summary>What the next calls to publish answer, in turn; with none left they succeed.</summary>
    public ConcurrentQueue<StatusCode> PublishAnswers { get; } = [];

    /// <summary>The calls to publish, with the header that routes them.</summary>
    public ConcurrentQueue<(PublishRequest Request, string? Routing)> Publishes { get; } = [];

    /// <summary>What the next streams end with at once, in turn; with none left they stay.</summary>
    public ConcurrentQueue<StatusCode> StreamAnswers { get; } = [];

    /// <summary>What the stream sends, one message a response. Their ack ids are 0, 1, 2...</summary>
    public ConcurrentQueue<PubsubMessage> Messages { get; } = [];

    public ConcurrentQueue<string> Acked { get; } = [];

    /// <summary>Deadlines set: ack id and seconds.</summary>
    public ConcurrentQueue<(string AckId, int Seconds)> Deadlines { get; } = [];

    /// <summary>When true, calls to publish are not answered.</summary>
    public bool IsSilent { get; set; }

    public Dictionary<string, string?> Settings => new()
    {
        ["PUBSUB_EMULATOR_HOST"] = new Uri(_app.Urls.Single()).Authority,
        ["Queue:Provider"] = "PubSub",
        ["Queue:PubSub:ProjectId"] = "fake",
        ["Queue:PubSub:AckDeadline"] = "00:00:10",
    };

    public static async Task<FakePubSub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.Services.AddSingleton(services => services.GetRequiredService<Holder>().Fake!);
        builder.Services.AddSingleton<Holder>();
        var app = builder.Build();
        app.MapGrpcService<Publishing>();
        app.MapGrpcService<Subscribing>();
        var fake = new FakePubSub(app);
        app.Services.GetRequiredService<Holder>().Fake = fake;
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class Holder
    {
        public FakePubSub? Fake { get; set; }
    }

    private sealed class Publishing(FakePubSub fake) : Publisher.PublisherBase
    {
        public override async Task<PublishResponse> Publish(PublishRequest request, ServerCallContext context)
        {
            fake.Publishes.Enqueue((request, context.RequestHeaders.GetValue("x-goog-request-params")));
            if (fake.IsSilent)
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
            if (fake.PublishAnswers.TryDequeue(out var code) && code != StatusCode.OK)
                throw new RpcException(new Status(code, "as told"));
            return new PublishResponse { MessageIds = { request.Messages.Select((_, index) => $"{index}") } };
        }
    }

    private sealed class Subscribing(FakePubSub fake) : Subscriber.SubscriberBase
    {
        private int _sent;

        public override async Task StreamingPull(
            IAsyncStreamReader<StreamingPullRequest> requestStream, IServerStreamWriter<StreamingPullResponse> responseStream, ServerCallContext context)
        {
            if (fake.StreamAnswers.TryDequeue(out var code))
                throw new RpcException(new Status(code, "as told"));
            await requestStream.MoveNext(context.CancellationToken);
            while (!context.CancellationToken.IsCancellationRequested)
            {
                if (!fake.Messages.TryDequeue(out var message))
                {
                    await Task.Delay(10, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                var received = new ReceivedMessage { AckId = $"{_sent++}", Message = message };
                await responseStream.WriteAsync(new StreamingPullResponse { ReceivedMessages = { received } }, context.CancellationToken);
            }
        }

        public override Task<Empty> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
        {
            foreach (var id in request.AckIds)
                fake.Acked.Enqueue(id);
            return Task.FromResult(new Empty());
        }

        public override Task<Empty> ModifyAckDeadline(ModifyAckDeadlineRequest request, ServerCallContext context)
        {
            foreach (var id in request.AckIds)
                fake.Deadlines.Enqueue((id, request.AckDeadlineSeconds));
            return Task.FromResult(new Empty());
        }
    }
}
