using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Lucitra.Tests.Http.Judges;

/// <summary>The explorer as somebody uses it who has just started a development server.</summary>
public sealed class ExplorerTests
{
    [SkippableFact]
    public async Task A_query_in_the_explorer_shows_what_a_webhook_brought()
    {
        Skip.If(Chromium.MissingReason is not null, Chromium.MissingReason);
        Skip.IfNot(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "explorer", "index.html")),
            "Missing tool: npm could not fetch the explorer when the server was built.");
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, environment: Environments.Development);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 501), HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"));
        await app.WhenAppliedAsync();

        var picture = Path.Combine(AppContext.BaseDirectory, "explorer.png");
        var seen = await NodeScript.RunAsync(
            "explorer.mjs", $"{app.Address}graphql/", "{ contacts { nodes { email } } }", picture, "ada@northwharf.example",
            JsonSerializer.Serialize(new { executablePath = Chromium.Executable }));

        Assert.True(seen.GetProperty("ok").GetBoolean(), seen.ToString());
        Assert.Equal("[]", seen.GetProperty("consoleErrors").GetRawText());
        Assert.Equal("[]", seen.GetProperty("failedRequests").GetRawText());
        Assert.Equal("[]", seen.GetProperty("foreignRequests").GetRawText());
    }
}
