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

    private readonly ConcurrentDictionary<string, PubsubMessage> _outstanding = [];
    private int _sent;

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

    /// <summary>
    /// When true, it is a queue: it sends what is published, and again what was given back or belonged to a stream that ended.
    /// </summary>
    public bool IsQueue { get; set; }

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

    private string Sent(PubsubMessage message)
    {
        var ackId = $"{Interlocked.Increment(ref _sent) - 1}";
        _outstanding[ackId] = message;
        return ackId;
    }

    private void SendAgain(string ackId)
    {
        if (IsQueue && _outstanding.TryRemove(ackId, out var message))
            Messages.Enqueue(message);
    }

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
            foreach (var message in fake.IsQueue ? request.Messages : [])
                fake.Messages.Enqueue(message);
            return new PublishResponse { MessageIds = { request.Messages.Select((_, index) => $"{index}") } };
        }
    }

    private sealed class Subscribing(FakePubSub fake) : Subscriber.SubscriberBase
    {
        public override async Task StreamingPull(
            IAsyncStreamReader<StreamingPullRequest> requestStream, IServerStreamWriter<StreamingPullResponse> responseStream, ServerCallContext context)
        {
            if (fake.StreamAnswers.TryDequeue(out var code))
                throw new RpcException(new Status(code, "as told"));
            await requestStream.MoveNext(context.CancellationToken);
            var sent = new List<string>();
            try
            {
                await SendAsync(responseStream, sent, context.CancellationToken);
            }
            finally
            {
                sent.ForEach(fake.SendAgain);
            }
        }

        private async Task SendAsync(IServerStreamWriter<StreamingPullResponse> responses, List<string> sent, CancellationToken ended)
        {
            while (!ended.IsCancellationRequested)
            {
                if (!fake.Messages.TryDequeue(out var message))
                {
                    await Task.Delay(10, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                sent.Add(fake.Sent(message));
                var received = new ReceivedMessage { AckId = sent[^1], Message = message };
                await responses.WriteAsync(new StreamingPullResponse { ReceivedMessages = { received } }, ended);
            }
        }

        public override Task<Empty> Acknowledge(AcknowledgeRequest request, ServerCallContext context)
        {
            foreach (var id in request.AckIds)
            {
                fake.Acked.Enqueue(id);
                fake._outstanding.TryRemove(id, out _);
            }

            return Task.FromResult(new Empty());
        }

        public override Task<Empty> ModifyAckDeadline(ModifyAckDeadlineRequest request, ServerCallContext context)
        {
            foreach (var id in request.AckIds)
            {
                fake.Deadlines.Enqueue((id, request.AckDeadlineSeconds));
                if (request.AckDeadlineSeconds == 0)
                    fake.SendAgain(id);
            }

            return Task.FromResult(new Empty());
        }
    }
}
