using System.Text.Json;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lucitra.Tests.Http.Judges;

/// <summary>The explorer as somebody uses it who has just started a development server.</summary>
public sealed class ExplorerTests
{
    private const int MaxTries = 3;

    [SkippableFact]
    public async Task A_query_in_the_explorer_shows_what_a_webhook_brought()
    {
        await using var app = await StartAsync();
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 501), HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"));
        await app.WhenAppliedAsync();

        // By another name than in the document that the page opens with, whose answer would do as well.
        AssertClean(await OpenAsync(app, "explorer.png", query: "{ contacts { nodes { address: email } } }", expected: "\"address\": \"ada@northwharf.example\""));
    }

    [SkippableFact]
    public async Task A_new_document_has_a_query_to_start_from()
    {
        await using var app = await StartAsync();
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 501), HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"));
        await app.WhenAppliedAsync();

        AssertClean(await OpenAsync(app, "explorer-welcome.png"));
    }

    [SkippableFact]
    public async Task A_subscription_in_the_explorer_shows_what_a_webhook_brings()
    {
        await using var app = await StartAsync();

        var opened = OpenAsync(app, "explorer-subscription.png", choose: ["NewestContacts", "ContactChanges"]);
        for (var seconds = 0; !opened.IsCompleted; seconds++)
        {
            if (app.Services.GetRequiredService<ChangeFeed>().Subscribers > 0)
            {
                await app.HubSpot.DeliverAsync(
                    HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"),
                    HubSpotFact.Changed("contact", 501, "phone", $"{seconds}", seconds));
            }

            await Task.WhenAny(opened, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        AssertClean(await opened);
    }

    private static async Task<LucitraApp> StartAsync()
    {
        Skip.If(NodeScript.MissingReason is not null, NodeScript.MissingReason);
        Skip.If(Chromium.MissingReason is not null, Chromium.MissingReason);
        Skip.IfNot(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "explorer", "index.html")),
            "Missing tool: npm could not fetch the explorer when the server was built.");
        return await LucitraApp.StartAsync(TestDatabase.Sqlite, environment: Environments.Development);
    }

    // The explorer is somebody else's page: now and then it swallows a click or a paste, and a person does it again.
    private static async Task<JsonElement> OpenAsync(
        LucitraApp app, string picture, string query = "", string expected = "ada@northwharf.example", string[]? choose = null)
    {
        var options = JsonSerializer.Serialize(new { executablePath = Chromium.Executable, choose, milliseconds = 15_000 });
        for (var tries = 1; ; tries++)
        {
            var seen = await NodeScript.RunAsync("explorer.mjs", $"{app.Address}graphql/", query, Path.Combine(AppContext.BaseDirectory, picture), expected, options);
            if (tries == MaxTries || seen.GetProperty("ok").GetBoolean())
                return seen;
        }
    }

    private static void AssertClean(JsonElement seen)
    {
        Assert.True(seen.GetProperty("ok").GetBoolean(), seen.ToString());
        Assert.Equal("[]", seen.GetProperty("consoleErrors").GetRawText());
        Assert.Equal("[]", seen.GetProperty("failedRequests").GetRawText());
        Assert.Equal("[]", seen.GetProperty("foreignRequests").GetRawText());
    }
}
