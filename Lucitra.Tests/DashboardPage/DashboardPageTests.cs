using System.Globalization;
using System.Text.Json;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.DashboardPage;

/// <summary>The page as an administrator uses it, in a browser.</summary>
public sealed class DashboardPageTests
{
    private const string Email = "ada@northwharf.example";

    private static readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [SkippableFact]
    public async Task An_administrator_sees_figures_change_and_replays_a_dead_letter()
    {
        Skip.If(NodeScript.MissingReason is not null, NodeScript.MissingReason);
        Skip.If(Chromium.MissingReason is not null, Chromium.MissingReason);
        Skip.IfNot(DashboardFiles.AreThere, DashboardFiles.MissingReason);
        var plan = new FailingHandler.Plan(int.MaxValue);
        await using var app = await LucitraApp.StartAsync(
            TestDatabase.Sqlite,
            new() { ["Webhooks:Worker:MaxAttempts"] = "1" },
            builder => builder.Services.AddSingleton(plan).AddScoped<IHubSpotEventHandler, FailingHandler>());
        await app.AddUserAsync(Email, "ADMIN");
        await app.HubSpot.DeliverAsync([Contact(501), Contact(502), .. Deal(601, "closedwon", "12500"), .. Deal(602, "contractsent", "800")]);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("company", 701, "name", FailingHandler.Poison));
        await app.WhenAppliedAsync();

        await using var browser = NodeScript.Start(
            "dashboard.mjs", $"{app.Address}dashboard", JsonSerializer.Serialize(new { executablePath = Chromium.Executable }));
        await DoAsync(browser, new { @do = "open" });
        AssertFine(await DoAsync(browser, new { @do = "judge", colorScheme = "light", width = 1280 }));
        var signedIn = await DoAsync(browser, new { @do = "signIn", email = Email, password = Identities.Password });
        Assert.Equal("""{"problem":[],"stored":0}""", signedIn.GetRawText());
        await DoAsync(browser, new { @do = "live" });
        Assert.Equal(await ExpectedAsync(app), Shown(await DoAsync(browser, new { @do = "figures" })));

        await app.HubSpot.DeliverAsync(Contact(503));
        await DoAsync(browser, new { @do = "until", label = "Contacts/New", now = "3" });
        await DoAsync(browser, new { @do = "until", label = "Webhooks/Received", now = "12" });

        await DoAsync(browser, new { @do = "openDialog" });
        AssertFine(await DoAsync(browser, new { @do = "judge", colorScheme = "dark", width = 360 }));
        await DoAsync(browser, new { @do = "closeDialog" });
        AssertFine(await DoAsync(browser, new { @do = "judge", colorScheme = "light", width = 360, picture = PictureOf("phone") }));
        AssertFine(await DoAsync(browser, new { @do = "judge", colorScheme = "light", width = 1280, picture = PictureOf("light") }));
        AssertFine(await DoAsync(browser, new { @do = "judge", colorScheme = "dark", width = 1280, picture = PictureOf("dark") }));

        plan.Failures = 0;
        await DoAsync(browser, new { @do = "replay" });
        await app.WhenAppliedAsync();
        Assert.False(await app.InDatabaseAsync(db => db.WebhookEvents.AnyAsync(row => row.Status == WebhookEventStatus.Dead)));

        Assert.Equal("?range=7d", (await DoAsync(browser, new { @do = "choose", name = "range", value = "7d" })).Text("search"));
        Assert.Equal("?range=7d&pipeline=default", (await DoAsync(browser, new { @do = "choose", name = "pipeline", value = "default" })).Text("search"));
        Assert.Equal("?range=7d", (await DoAsync(browser, new { @do = "back" })).Text("search"));
        await DoAsync(browser, new { @do = "signOut" });
        Assert.Equal("[]", (await DoAsync(browser, new { @do = "faults" })).GetRawText());
    }

    private static HubSpotFact Contact(long id) => HubSpotFact.Created("contact", id) with { OccurredAt = _now };

    private static HubSpotFact[] Deal(long id, string stage, string amount) =>
    [
        HubSpotFact.Created("deal", id) with { OccurredAt = _now },
        HubSpotFact.Changed("deal", id, "dealstage", stage) with { OccurredAt = _now },
        HubSpotFact.Changed("deal", id, "amount", amount) with { OccurredAt = _now },
        HubSpotFact.Changed("deal", id, "closedate", _now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)) with { OccurredAt = _now },
    ];

    /// <summary>What the page shows of the same figures that GraphQL gives.</summary>
    private static async Task<SortedDictionary<string, string>> ExpectedAsync(LucitraApp app)
    {
        var data = await app.QueryAsync("""
            {
              analytics {
                dashboard {
                  contacts { total { current } new { current } }
                  deals {
                    won { current } lost { current } created { current } open { current } winRate { current }
                    wonValue { currency current } openValue { currency current }
                  }
                  webhooks { received { current } applied { current } waiting deadNow }
                }
              }
            }
            """);
        var (contacts, deals, webhooks) = (data.At("analytics.dashboard.contacts"), data.At("analytics.dashboard.deals"), data.At("analytics.dashboard.webhooks"));
        return new()
        {
            ["Contacts/Contacts"] = contacts.Text("total.current")!,
            ["Contacts/New"] = contacts.Text("new.current")!,
            ["Deals/Won"] = deals.Text("won.current")!,
            ["Deals/Lost"] = deals.Text("lost.current")!,
            ["Deals/Created"] = deals.Text("created.current")!,
            ["Deals/Open"] = deals.Text("open.current")!,
            ["Deals/Win rate"] = deals.At("winRate.current").GetDouble().ToString("0.#%", CultureInfo.InvariantCulture),
            ["Deals/No currency/Value won"] = deals.At("wonValue.0.current").GetDecimal().ToString("#,0", CultureInfo.InvariantCulture),
            ["Deals/No currency/Open value"] = deals.At("openValue.0.current").GetDecimal().ToString("#,0", CultureInfo.InvariantCulture),
            ["Webhooks/Received"] = webhooks.Text("received.current")!,
            ["Webhooks/Applied"] = webhooks.Text("applied.current")!,
            ["Webhooks/Waiting"] = webhooks.Text("waiting")!,
            ["Webhooks/Dead letters"] = webhooks.Text("deadNow")!,
        };
    }

    /// <summary>Those figures of the page that are compared.</summary>
    private static SortedDictionary<string, string> Shown(JsonElement figures) => new(new[]
    {
        "Contacts/Contacts", "Contacts/New", "Deals/Won", "Deals/Lost", "Deals/Created", "Deals/Open", "Deals/Win rate",
        "Deals/No currency/Value won", "Deals/No currency/Open value", "Webhooks/Received", "Webhooks/Applied", "Webhooks/Waiting", "Webhooks/Dead letters",
    }.ToDictionary(label => label, label => figures.GetProperty(label).GetProperty("now").GetString()!));

    private static string PictureOf(string name) => Path.Combine(AppContext.BaseDirectory, $"dashboard-{name}.png");

    private static void AssertFine(JsonElement judgement) => Assert.Equal("""{"violations":[],"excess":0}""", judgement.GetRawText());

    private static async Task<JsonElement> DoAsync(NodeScript browser, object command)
    {
        await browser.SendAsync(command);
        var said = await browser.ReceiveAsync();
        Assert.True(said.GetProperty("ok").GetBoolean(), said.ToString());
        return said.GetProperty("answer");
    }
}
