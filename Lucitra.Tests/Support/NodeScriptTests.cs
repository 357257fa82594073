using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>Holds the scripts against the server of the reference implementations, so that what they report of ours is ours.</summary>
public sealed class NodeScriptTests
{
    [SkippableFact]
    public async Task The_reference_server_passes_every_audit()
    {
        await using var server = NodeScript.Start("reference.mjs");
        var audits = await NodeScript.RunAsync("audit.mjs", $"http://{await AddressAsync(server)}/graphql", """{"x-extra":"yes"}""");

        Assert.Equal(61, audits.GetArrayLength());
        Assert.All(audits.EnumerateArray(), audit => Assert.Equal("ok", audit.GetProperty("status").GetString()));
    }

    [SkippableFact]
    public async Task The_reference_server_keeps_the_websocket_protocol()
    {
        await using var server = NodeScript.Start("reference.mjs");
        var checks = await NodeScript.RunAsync(
            "protocol.mjs", $"ws://{await AddressAsync(server)}/graphql", "{}",
            """{"initTimeoutMilliseconds":1000,"subscription":"subscription { never }","deniedConnectionParams":{"deny":true}}""");

        Assert.Equal(15, checks.GetArrayLength());
        Assert.All(checks.EnumerateArray(), check => Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString()));
    }

    [SkippableFact]
    public async Task The_client_driver_reports_what_happens_to_its_subscriptions()
    {
        await using var server = NodeScript.Start("reference.mjs");
        await using var client = NodeScript.Start("subscribe.mjs", $"ws://{await AddressAsync(server)}/graphql");

        await client.SendAsync(new { op = "connect" });
        Assert.Equal("connected", Event(await client.ReceiveAsync()));
        await client.SendAsync(new { op = "subscribe", id = "s", query = "subscription { ticks }" });
        for (var tick = 1; tick <= 3; tick++)
            Assert.Equal(tick, (await client.ReceiveAsync()).GetProperty("payload").GetProperty("data").GetProperty("ticks").GetInt32());

        Assert.Equal("complete", Event(await client.ReceiveAsync()));
        await client.SendAsync(new { op = "close" });
        Assert.Equal(1000, (await client.ReceiveAsync()).GetProperty("code").GetInt32());
    }

    [SkippableFact]
    public async Task A_script_that_says_nothing_runs_into_the_timeout_and_can_still_be_read_afterwards()
    {
        await using var server = NodeScript.Start("reference.mjs");
        await using var client = NodeScript.Start("subscribe.mjs", $"ws://{await AddressAsync(server)}/graphql");

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReceiveAsync(TimeSpan.FromMilliseconds(200)));

        await client.SendAsync(new { op = "connect" });
        Assert.Equal("connected", Event(await client.ReceiveAsync()));
    }

    [SkippableFact]
    public async Task A_script_that_fails_tells_why()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => NodeScript.RunAsync("protocol.mjs", "ws://127.0.0.1:1", "{ not json"));

        Assert.Contains("SyntaxError", failure.Message, StringComparison.Ordinal);
    }

    private static string? Event(JsonElement line) => line.GetProperty("event").GetString();

    private static async Task<string> AddressAsync(NodeScript server) => $"127.0.0.1:{(await server.ReceiveAsync()).GetProperty("port").GetInt32()}";
}
