using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks;

/// <summary>Events whose handler throws: tried again, given up at last, and never in the way of others.</summary>
public sealed class FailedEventTests
{
    private static readonly Dictionary<string, string?> _quickly = new()
    {
        ["Webhooks:Worker:RetryBaseDelay"] = "00:00:00.010",
        ["Webhooks:Worker:RetryMaxDelay"] = "00:00:00.050",
        ["Webhooks:Worker:PollInterval"] = "00:00:00.050",
        ["Webhooks:Worker:MaxAttempts"] = "4",
    };

    [SkippableTheory, BothDatabases]
    public async Task An_event_that_always_fails_ends_dead_and_its_neighbours_are_applied(string database)
    {
        await using var app = await StartAsync(database, failures: int.MaxValue);
        await app.HubSpot.DeliverAsync([.. Neighbours(1), Poison(50), .. Neighbours(100)]);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 200));
        await app.WhenAppliedAsync();

        var rows = await app.EventsAsync();
        var dead = Assert.Single(rows, row => row.Status == WebhookEventStatus.Dead);
        Assert.Equal((50, 4, null), (dead.ObjectId, dead.Attempts, dead.NextAttemptAt));
        Assert.Equal("GAVE UP after 4 attempts: InvalidOperationException", dead.Reason);
        Assert.NotNull(dead.ProcessedAt);
        Assert.All(rows.Where(row => row != dead), row => Assert.Equal(WebhookEventStatus.Applied, row.Status));
        Assert.Equal(5, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_that_fails_twice_is_applied_by_the_third_attempt(string database)
    {
        await using var app = await StartAsync(database, failures: 2);
        await app.HubSpot.DeliverAsync(Poison(50));
        await app.WhenAppliedAsync();

        var row = Assert.Single(await app.EventsAsync());
        Assert.Equal((WebhookEventStatus.Applied, 3, null), (row.Status, row.Attempts, row.Reason));
    }

    [SkippableTheory, BothDatabases]
    public async Task Between_attempts_an_event_waits_and_says_what_failed(string database)
    {
        await using var app = await StartAsync(database, failures: int.MaxValue, new(_quickly)
        {
            ["Webhooks:Worker:RetryBaseDelay"] = "01:00:00",
            ["Webhooks:Worker:RetryMaxDelay"] = "1.00:00:00",
        });
        await app.HubSpot.DeliverAsync(Poison(50));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await Eventually.IsTrueAsync(() => app.InDatabaseAsync(db => db.Contacts.AnyAsync()));

        var row = Assert.Single(await app.EventsAsync(), row => row.ObjectType == "company");
        Assert.Equal((WebhookEventStatus.Received, 1, "FAILED: InvalidOperationException"), (row.Status, row.Attempts, row.Reason));
        Assert.NotNull(row.NextAttemptAt);

        await app.HubSpot.DeliverAsync(Poison(50));
        await Eventually.IsTrueAsync(() => app.InDatabaseAsync(async db => !await db.QueuedMessages.AnyAsync()));
        Assert.Equal(2, (await app.EventsAsync()).Count);
    }

    [SkippableTheory, BothDatabases]
    public async Task Dead_events_are_counted(string database)
    {
        var counted = 0L;
        using var listener = new MeterListener();
        await using var app = await StartAsync(database, failures: int.MaxValue);
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == "lucitra.webhook.dead_letters" && instrument.Meter.Scope == meters)
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref counted, count));
        listener.Start();

        await app.HubSpot.DeliverAsync(Poison(50), Poison(51));
        await app.AcceptsAsync("[1]");
        await app.WhenAppliedAsync();

        var health = await app.Client.GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal(3, health.GetProperty("checks").GetProperty("database").GetProperty("details").GetProperty("deadEvents").GetInt32());
        await Eventually.IsTrueAsync(() => Task.FromResult(Interlocked.Read(ref counted) == 3));
    }

    [SkippableTheory, BothDatabases]
    public async Task Nothing_of_a_payload_is_logged_or_kept_as_a_reason(string database)
    {
        await using var app = await StartAsync(database, failures: int.MaxValue);
        await app.HubSpot.DeliverAsync(Poison(50), HubSpotFact.Changed("contact", 1, "email", "ada@secret.example"));
        await app.AcceptsAsync("""[{"portalId":"ada@secret.example"},"ada@secret.example",{"portalId":7,"occurredAt":1,"subscriptionType":"secret"}]""");
        await app.WhenAppliedAsync();

        Assert.NotEmpty(app.Errors.Errors);
        Assert.All(app.Errors.All, line => Assert.DoesNotContain("secret", line, StringComparison.OrdinalIgnoreCase));
        Assert.All(await app.EventsAsync(), row => Assert.DoesNotContain("secret", row.Reason ?? "", StringComparison.Ordinal));
    }

    private static HubSpotFact Poison(long id) => HubSpotFact.Changed("company", id, "name", FailingHandler.Poison);

    private static HubSpotFact[] Neighbours(long id) =>
    [
        HubSpotFact.Created("contact", id),
        HubSpotFact.Changed("company", id, "name", "Northwharf"),
        HubSpotFact.Created("contact", id + 1),
        HubSpotFact.Created("deal", id),
    ];

    private static Task<LucitraApp> StartAsync(string database, int failures, Dictionary<string, string?>? settings = null) =>
        LucitraApp.StartAsync(database, settings ?? _quickly, builder => builder.Services
            .AddSingleton(new FailingHandler.Plan(failures))
            .AddScoped<IHubSpotEventHandler, FailingHandler>());
}
