using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>What the receiver publishes, and what it makes of Pub/Sub's answers.</summary>
public sealed class PublishTests
{
    private static readonly byte[] _two = JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Created("contact", 1).ToJson(), HubSpotFact.Created("deal", 2).ToJson() });

    [Fact]
    public async Task Each_record_becomes_a_call_with_its_ordering_key_and_the_events_letter_for_letter()
    {
        const string First = """{ "portalId":7, "occurredAt":1,"subscriptionType":"contact.creation","objectId": 1 }""";
        const string Other = """{"portalId":7,"occurredAt":2,"subscriptionType":"deal.creation","objectId":1}""";
        const string Generic = """{"portalId":"7","occurredAt":3,"subscriptionType":"object.deletion","objectTypeId":"0-1","objectId":"1"}""";
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);

        await app.AcceptsAsync($"\uFEFF [ {First} ,{Other},\n{Generic}, 7, null ]");

        var published = pubSub.Publishes.ToDictionary(call => Assert.Single(call.Request.Messages).OrderingKey, call => call.Request.Messages[0]);
        Assert.Equal(["", "7:contact:1", "7:deal:1"], published.Keys.Order());
        Assert.Equal($"[{First},{Generic}]", published["7:contact:1"].Data.ToStringUtf8());
        Assert.Equal($"[{Other}]", published["7:deal:1"].Data.ToStringUtf8());
        Assert.Equal("[7,null]", published[""].Data.ToStringUtf8());
        Assert.All(published.Values, message => Assert.EndsWith("Z", message.Attributes["receivedAt"], StringComparison.Ordinal));
        Assert.All(pubSub.Publishes, call => Assert.Equal("topic=projects%2Ffake%2Ftopics%2Flucitra-webhooks", call.Routing));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.ResourceExhausted)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Aborted)]
    public async Task What_may_pass_is_tried_again(StatusCode code)
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);
        pubSub.PublishAnswers.Enqueue(code);
        pubSub.PublishAnswers.Enqueue(code);

        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));

        Assert.Equal(3, pubSub.Publishes.Count);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied)]
    [InlineData(StatusCode.NotFound)]
    public async Task What_will_not_pass_is_not_tried_again_and_hubspot_is_asked_to(StatusCode code)
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);
        pubSub.PublishAnswers.Enqueue(code);

        using var refused = await app.HubSpot.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Created("contact", 1).ToJson() }));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Single(pubSub.Publishes);
        Assert.Contains(app.Errors.Errors, line => line.Contains(code.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delivery_of_which_a_part_is_not_published_is_to_be_sent_again()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub, new() { ["Queue:PubSub:MaxConcurrentPublishes"] = "1" });
        pubSub.PublishAnswers.Enqueue(StatusCode.OK);
        pubSub.PublishAnswers.Enqueue(StatusCode.PermissionDenied);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.HubSpot.PostAsync(_two));
        Assert.Equal(HttpStatusCode.NoContent, await app.HubSpot.PostAsync(_two));

        Assert.Equal(4, pubSub.Publishes.Count);
    }

    [Fact]
    public async Task Pub_sub_that_does_not_answer_is_given_up_while_hubspot_still_waits()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub, new() { ["Queue:PubSub:PublishTimeout"] = "00:00:00.200" });
        pubSub.IsSilent = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.HubSpot.PostAsync(_two));
    }

    [Fact]
    public async Task Two_megabytes_are_tried_again_like_anything_else()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);
        pubSub.PublishAnswers.Enqueue(StatusCode.Unavailable);
        pubSub.PublishAnswers.Enqueue(StatusCode.Unavailable);

        await app.HubSpot.DeliverAsync([.. Enumerable.Range(0, 20).Select(index => HubSpotFact.Changed("contact", 1, $"text_{index}", new string('x', 100_000)))]);

        Assert.Equal(3, pubSub.Publishes.Count);
        Assert.All(pubSub.Publishes, call => Assert.True(call.Request.CalculateSize() > 2_000_000));
    }

    [Fact]
    public async Task What_is_too_large_for_one_call_is_published_in_several_in_order()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);

        await app.HubSpot.DeliverAsync([.. Enumerable.Range(0, 100).Select(index => HubSpotFact.Changed("contact", 1, $"text_{index}", new string('x', 130_000)))]);

        var sent = pubSub.Publishes.Select(call => Assert.Single(call.Request.Messages)).ToList();
        Assert.Equal(2, sent.Count);
        Assert.All(sent, message => Assert.InRange(message.Data.Length, 1, 9_000_000));
        Assert.Equal(
            Enumerable.Range(0, 100).Select(index => $"text_{index}"),
            sent.SelectMany(message => JsonDocument.Parse(message.Data.Memory).RootElement.EnumerateArray().Select(element => element.GetProperty("propertyName").GetString())));
    }

    [Fact]
    public async Task A_message_carries_the_trace_of_its_request()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);

        await app.AcceptsAsync(Encoding.UTF8.GetString(_two));

        Assert.All(pubSub.Publishes, call => Assert.StartsWith("00-", call.Request.Messages[0].Attributes["traceparent"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_are_counted_and_timed_by_the_status_they_ended_with()
    {
        var counted = new ConcurrentBag<(string Name, int? Status)>();
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await StartAsync(pubSub);
        using var listener = new MeterListener();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name.StartsWith("lucitra.pubsub.", StringComparison.Ordinal) && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => counted.Add((instrument.Name, tags[0].Value as int?)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => counted.Add((instrument.Name, tags[0].Value as int?)));
        listener.Start();
        pubSub.PublishAnswers.Enqueue(StatusCode.PermissionDenied);

        using var refused = await app.HubSpot.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Created("contact", 1).ToJson() }));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));

        Assert.Equal(
            [("lucitra.pubsub.publish.duration", 0), ("lucitra.pubsub.publish.duration", 7), ("lucitra.pubsub.publishes", 0), ("lucitra.pubsub.publishes", 7)],
            counted.Select(one => (one.Name, one.Status!.Value)).Order());
    }

    private static Task<LucitraApp> StartAsync(FakePubSub pubSub, Dictionary<string, string?>? settings = null) =>
        LucitraApp.StartAsync(TestDatabase.Sqlite, new(pubSub.Settings.Concat(settings ?? [])) { ["Lucitra:Roles"] = "Webhooks" });
}
