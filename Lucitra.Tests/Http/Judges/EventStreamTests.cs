using System.Net.Http.Json;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Judges;

/// <summary>A subscription as curl sees it: one long answer.</summary>
public sealed class EventStreamTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_webhook_arrives_as_a_server_sent_event(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query = "subscription { onContactChanged { email } }" });
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await Eventually.IsTrueAsync(() => Task.FromResult(app.Services.GetRequiredService<ChangeFeed>().Subscribers == 1));

        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 501), HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"));

        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("event: next", await LineAsync(stream));
        Assert.StartsWith(
            """data: {"data":{"onContactChanged":{"email":"ada@northwharf.example"}}""", await LineAsync(stream), StringComparison.Ordinal);

        // A client asks again when its stream ends without a complete.
        await app.StopAsync();
        Assert.Null(await LineAsync(stream));
    }

    // Comments keep an idle stream alive, and an empty line ends each of them.
    private static async Task<string?> LineAsync(StreamReader stream)
    {
        string? line;
        do
            line = await stream.ReadLineAsync();
        while (line is "" or ":");
        return line;
    }
}
