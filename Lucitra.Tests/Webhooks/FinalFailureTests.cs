using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Inbox;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks;

/// <summary>Failures that no further attempt can mend, and what an operator sees of what waits.</summary>
public sealed class FinalFailureTests
{
    [SkippableTheory, BothDatabases]
    public async Task What_a_handler_rejects_is_dead_at_once_and_its_neighbours_are_applied(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, configure: builder => builder.Services.AddScoped<IHubSpotEventHandler, RejectingHandler>());
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Created("company", 2), HubSpotFact.Created("deal", 3));
        await app.WhenAppliedAsync();

        var rows = await app.EventsAsync();
        var dead = Assert.Single(rows, row => row.Status == WebhookEventStatus.Dead);
        Assert.Equal((2, 1, "REJECTED: NO_SUCH_THING: there is no such thing"), (dead.ObjectId, dead.Attempts, dead.Reason));
        Assert.Equal(2, rows.Count(row => row.Status == WebhookEventStatus.Applied));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_that_still_fails_at_its_greatest_age_is_dead(string database)
    {
        await using var app = await LucitraApp.StartAsync(
            database,
            new() { ["Webhooks:Worker:MaxAge"] = "00:00:02", ["Webhooks:Worker:MaxAttempts"] = "100", ["Webhooks:Worker:RetryMaxDelay"] = "00:00:00.300", ["Webhooks:Worker:RetryBaseDelay"] = "00:00:00.300" },
            builder => builder.Services.AddSingleton(new FailingHandler.Plan(int.MaxValue)).AddScoped<IHubSpotEventHandler, FailingHandler>());
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("company", 1, "name", FailingHandler.Poison));
        await app.WhenAppliedAsync();

        var dead = Assert.Single(await app.EventsAsync());
        Assert.Equal(WebhookEventStatus.Dead, dead.Status);
        Assert.Matches("^GAVE UP after 0\\.00:00:[0-9]{2}: InvalidOperationException$", dead.Reason);
        Assert.InRange(dead.Attempts, 2, 99);
    }

    [SkippableTheory, BothDatabases]
    public async Task Health_and_gauges_tell_what_waits_and_for_how_long(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Webhooks:Worker:PollInterval"] = "00:05:00" });
        var waiting = RetentionTests.Event("waiting", WebhookEventStatus.Received, 1);
        (waiting.ProcessedAt, waiting.NextAttemptAt) = (null, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));
        await app.AddAsync(
            waiting,
            RetentionTests.Event("dead", WebhookEventStatus.Dead, 0),
            RetentionTests.Event("applied", WebhookEventStatus.Applied, 0),
            RetentionTests.Event("applied-before", WebhookEventStatus.Applied, 2));

        var health = (await app.Client.GetFromJsonAsync<JsonElement>("/health")).At("checks.database.details");
        Assert.Equal((0, 1, 1), (health.At("queuedDeliveries").GetInt32(), health.At("eventsToRetry").GetInt32(), health.At("deadEvents").GetInt32()));
        Assert.Equal((0, 0), (health.At("oldestQueuedSeconds").GetDouble(), health.At("oldestDueSeconds").GetDouble()));
        Assert.InRange(health.At("lagSeconds").GetDouble(), 86_400, 90_000);
        Assert.Equal((1, 1, 0), (health.At("finishedLastDay.APPLIED").GetInt32(), health.At("finishedLastDay.DEAD").GetInt32(), health.At("finishedLastDay.IGNORED").GetInt32()));

        await app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<InboxGauges>().Single().RefreshAsync(CancellationToken.None);
        var gauges = Gauges(app);
        Assert.Equal((0, 1, 1), (gauges["lucitra.webhook.queue.depth"], gauges["lucitra.webhook.retries.depth"], gauges["lucitra.webhook.dead_letters.depth"]));
        Assert.Equal((0, 0), (gauges["lucitra.webhook.queue.oldest_age"], gauges["lucitra.webhook.retries.oldest_due_age"]));
        Assert.InRange(gauges["lucitra.webhook.lag"], 86_400, 90_000);
    }

    private static Dictionary<string, double> Gauges(LucitraApp app)
    {
        var figures = new Dictionary<string, double>();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.IsObservable && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => figures[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return figures;
    }

    private sealed class RejectingHandler : IHubSpotEventHandler
    {
        public string ObjectType => "company";

        public Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken) =>
            throw new PermanentEventException("NO_SUCH_THING: there is no such thing");
    }
}
