using Lucitra.Tests.Support;
using Lucitra.Twin;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Twin;

/// <summary>The twin's script, its sender and its ledger.</summary>
public sealed class TwinWebhookTests
{
    [Fact]
    public async Task The_same_seed_does_the_same_things()
    {
        var (first, second, other) = (await FactsAsync(seed: 5), await FactsAsync(seed: 5), await FactsAsync(seed: 6));

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal(Enum.GetValues<FactKind>().Order(), first.Select(fact => fact.Kind).Distinct().Order());
    }

    [Fact]
    public async Task What_a_portal_holds_before_the_app_comes_is_told_by_nobody()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions { ContactsAtStart = 5, DealsAtStart = 3 });

        Assert.Equal(5, twin.State.Snapshot().Portals[21_478_362].Contacts.Live.Count);
        Assert.Empty(twin.Ledger.Lines());
    }

    [Fact]
    public async Task Writes_through_the_api_come_back_as_echoes()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);

        await hubSpot.CreateAsync("contacts", new { email = "a@north.example" });

        Assert.Equal([FactKind.PropertyChange, FactKind.Creation], twin.Ledger.Lines().Select(line => line.Fact.Kind));
        Assert.All(twin.Ledger.Lines(), line => Assert.Equal(new Actor("INTEGRATION", "4411907"), line.Fact.By));
    }

    [SkippableFact]
    public async Task A_server_takes_a_whole_script_in_both_forms_without_an_error()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await using var twin = await HubSpotTwin.StartAsync(Towards(app) with { Forms = WebhookForms.Mixed, ClockSkew = TimeSpan.FromSeconds(30) });

        await twin.Script.RunAsync(400);
        await twin.Sender.DrainedAsync();
        await app.WhenAppliedAsync();

        var totals = twin.Ledger.Totals;
        Assert.Equal(totals.Events, totals.Acknowledged);
        Assert.Equal(totals.Events, totals.Deliveries);
        Assert.Equal(twin.Ledger.Lines().Count, twin.Ledger.AcknowledgedFacts().Count);
        Assert.Equal(0, twin.Sender.FailedRequests);
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableFact]
    public async Task What_a_server_refuses_comes_again_until_it_is_taken_and_the_ledger_counts_it()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await using var twin = await HubSpotTwin.StartAsync(Towards(app) with
        {
            Sender = new SenderOptions { RetrySpeed = 600, Repetition = 0.2, Disorder = 0.3, HeldBack = TimeSpan.FromMilliseconds(50) },
        });
        twin.Sender.Secret = "not the secret";
        await twin.Script.RunAsync(20);
        await Eventually.IsTrueAsync(() => Task.FromResult(twin.Sender.FailedRequests > 0));
        Assert.Empty(twin.Ledger.AcknowledgedFacts());

        twin.Sender.Secret = LucitraApp.ClientSecret;
        await twin.Sender.DrainedAsync();

        var totals = twin.Ledger.Totals;
        Assert.Equal(totals.Events, totals.Acknowledged);
        Assert.True(totals.Deliveries > totals.Events);
        Assert.Equal(totals.Deliveries, twin.Ledger.Lines().Sum(line => line.Deliveries));
    }

    [Fact]
    public async Task An_event_that_nobody_takes_is_given_up_after_ten_retries()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions
        {
            Target = new Uri("http://127.0.0.1:9/webhook"),
            Sender = new SenderOptions { RetrySpeed = 1_000_000 },
        });

        twin.Script.Act(UserAction.CreateContact, 21_478_362);
        await twin.Sender.DrainedAsync();

        var totals = twin.Ledger.Totals;
        Assert.Equal((totals.Events, 11 * totals.Events, 0), (totals.GivenUp, totals.Deliveries, totals.Acknowledged));
    }

    private static TwinOptions Towards(LucitraApp app) => new()
    {
        ClientSecret = LucitraApp.ClientSecret,
        Target = new Uri(app.Address, "/webhook"),
        SignedUrl = new Uri($"{LucitraApp.PublicBaseUrl}/webhook"),
    };

    private static async Task<List<TwinFact>> FactsAsync(int seed)
    {
        var options = new TwinOptions { Seed = seed, PortalIds = [21_478_362, 45_100_877], Clock = new FakeTimeProvider() };
        await using var twin = await HubSpotTwin.StartAsync(options);
        await twin.Script.RunAsync(500);
        return [.. twin.Ledger.Lines().Select(line => line.Fact with { Merge = null })];
    }
}
