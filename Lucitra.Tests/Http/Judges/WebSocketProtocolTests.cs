using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Http.Judges;

/// <summary>What graphql-transport-ws demands, checked on the wire.</summary>
public sealed class WebSocketProtocolTests
{
    [SkippableFact]
    public async Task The_protocol_is_kept()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["GraphQL:ConnectionInitTimeout"] = "00:00:01" });
        var options = new
        {
            connectionParams = new { apiKey = LucitraApp.ApiKey },
            deniedConnectionParams = new { apiKey = "wrong" },
            initTimeoutMilliseconds = 1000,
            query = "{ contacts { totalCount } }",
            subscription = "subscription { onContactChanged { id } }",
        };

        var checks = await NodeScript.RunAsync(
            "protocol.mjs", $"ws://{app.Address.Authority}/graphql", "{}", JsonSerializer.Serialize(options));

        Assert.Equal(15, checks.GetArrayLength());
        Assert.All(checks.EnumerateArray(), check => Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString()));
        Assert.Empty(app.Errors.Errors);
    }
}
