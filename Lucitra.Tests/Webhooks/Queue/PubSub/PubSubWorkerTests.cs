using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Queue.PubSub;
using Lucitra.Webhooks.Queue.PubSub.Wire;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>A worker that pulls, against a Pub/Sub that does as the test says.</summary>
public sealed class PubSubWorkerTests
{
    [Fact]
    public async Task Messages_are_applied_in_the_order_in_which_they_come_and_acknowledged_after_that()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        await using var app = await StartAsync(pubSub, plan);
        Send(pubSub, 200);

        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Acked.Count == 200));

        Assert.Equal(Enumerable.Range(0, 200).Select(id => (long)id), plan.Applied.Select(one => one.Id));
        Assert.Equal(200, (await app.EventsAsync()).Count);
        Assert.DoesNotContain(pubSub.Deadlines, one => one.Seconds == 0);
    }

    [Fact]
    public async Task No_more_messages_are_held_than_allowed()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        plan.Close();
        await using var app = await StartAsync(pubSub, plan, new() { ["Queue:PubSub:MaxOutstandingMessages"] = "10", ["Queue:PubSub:AckDeadline"] = "00:01:00" });
        Send(pubSub, 100);

        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Deadlines.Count >= 10 && pubSub.Messages.IsEmpty));
        await Task.Delay(300);
        Assert.Equal(10, pubSub.Deadlines.Count);

        plan.Gate.SetResult();
        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Acked.Count == 100));
    }

    [Fact]
    public async Task What_takes_long_is_held_on_to()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        plan.Close();
        await using var app = await StartAsync(pubSub, plan, new() { ["Queue:PubSub:AckDeadline"] = "00:00:20" });
        Send(pubSub, 1);

        // Once on receipt, and again before the time is up.
        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Deadlines.Count(one => one == ("0", 20)) >= 2));
        Assert.Empty(pubSub.Acked);

        plan.Gate.SetResult();
        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Acked.Contains("0")));
    }

    [Fact]
    public async Task What_cannot_be_stored_is_given_back_and_not_acknowledged()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        plan.Close();
        await using var app = await StartAsync(pubSub, plan);
        Send(pubSub, 1);

        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Deadlines.Contains(("0", 0))));

        Assert.Empty(pubSub.Acked);
        Assert.Empty(await app.EventsAsync());
    }

    [Fact]
    public async Task Told_to_stop_it_finishes_what_it_has_begun_and_gives_back_the_rest()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        plan.Close();
        await using var app = await StartAsync(pubSub, plan, new() { ["Webhooks:Worker:EventsPerTransaction"] = "1", ["Queue:PubSub:AckDeadline"] = "00:01:00" });
        Send(pubSub, 5);
        await Eventually.IsTrueAsync(() => Task.FromResult(plan.Calls == 1 && pubSub.Deadlines.Count == 5));

        var stopping = app.StopAsync();
        await Task.Delay(100);
        plan.Gate.SetResult();
        await stopping;

        Assert.Equal(["0"], pubSub.Acked);
        Assert.Equal(["1", "2", "3", "4"], pubSub.Deadlines.Where(one => one.Seconds == 0).Select(one => one.AckId).Order());
        Assert.Single(await app.EventsAsync());
    }

    [Fact]
    public async Task A_stream_that_ends_is_opened_again()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        pubSub.StreamAnswers.Enqueue(StatusCode.Unavailable);
        pubSub.StreamAnswers.Enqueue(StatusCode.Internal);
        await using var app = await StartAsync(pubSub, plan);
        Send(pubSub, 1);

        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Acked.Contains("0")));

        Assert.Empty(app.Errors.Errors);
    }

    [Fact]
    public async Task A_refused_subscription_is_an_error_for_the_operator_and_is_tried_again()
    {
        var (plan, pubSub) = (new CompanyHandler.Plan(), await FakePubSub.StartAsync());
        await using var disposed = pubSub;
        pubSub.StreamAnswers.Enqueue(StatusCode.PermissionDenied);
        await using var app = await StartAsync(pubSub, plan);
        Send(pubSub, 1);

        await Eventually.IsTrueAsync(() => Task.FromResult(app.Errors.Errors.Any(line => line.Contains("PermissionDenied", StringComparison.Ordinal))));
        Assert.Contains("FAILED: PermissionDenied", await HealthAsync(app), StringComparison.Ordinal);

        await Eventually.IsTrueAsync(() => Task.FromResult(pubSub.Acked.Contains("0")));
        await Eventually.IsTrueAsync(async () => (await HealthAsync(app)).Contains("\"consuming\":\"OK\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, 50, 9, 0)]
    [InlineData(StatusCode.Unavailable, 44, 1, 0.5)]
    [InlineData(StatusCode.Unavailable, 0, 9, 30)]
    [InlineData(StatusCode.OK, 900, 0, 0.5)]
    [InlineData(StatusCode.NotFound, 0, 1, 10)]
    public void A_stream_is_opened_again_after(StatusCode code, int livedSeconds, int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), StreamReconnect.WaitAfter(code, TimeSpan.FromSeconds(livedSeconds), failures, jitter: 1));

    private static void Send(FakePubSub pubSub, int messages)
    {
        for (var id = 0; id < messages; id++)
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Changed("company", id, "name", "Northwharf").ToJson() });
            pubSub.Messages.Enqueue(new PubsubMessage { Data = UnsafeByteOperations.UnsafeWrap(body) });
        }
    }

    private static async Task<string> HealthAsync(LucitraApp app)
    {
        using var response = await app.Client.GetAsync(new Uri("/health", UriKind.Relative));
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<LucitraApp> StartAsync(FakePubSub pubSub, CompanyHandler.Plan plan, Dictionary<string, string?>? settings = null)
    {
        var all = pubSub.Settings;
        foreach (var (name, value) in settings ?? [])
            all[name] = value;
        all["Lucitra:Roles"] = "Worker";
        return LucitraApp.StartAsync(TestDatabase.Sqlite, all, plan.Register);
    }
}
