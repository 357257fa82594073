using System.Net.WebSockets;
using Lucitra.Graph.Http.Sockets;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Sockets;

public sealed class SocketLimitTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("foo")]
    [InlineData("graphql-ws")]
    public async Task Another_subprotocol_closes_with_1002(string? subprotocol)
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.ConnectAsync(host, subprotocol);
        Assert.Equal((1002, "Expected the graphql-transport-ws protocol."), await client.HearCloseAsync());
    }

    [Fact]
    public async Task Subscribing_before_the_init_closes_with_4401()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.ConnectAsync(host);

        await client.SubscribeAsync("1", "{ hello }");

        Assert.Equal((4401, "Unauthorized"), await client.HearCloseAsync());
    }

    [Fact]
    public async Task A_missing_init_closes_with_4408()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:ConnectionInitTimeout"] = "00:00:00.2" });
        using var client = await SocketClient.ConnectAsync(host);

        Assert.Equal((4408, "Connection initialization timeout."), await client.HearCloseAsync());
    }

    [Theory]
    [InlineData("good", 0)]
    [InlineData("bad", 4403)]
    public async Task The_init_payload_decides_about_the_caller(string token, int code)
    {
        ConnectionAuthenticator authenticate = (context, payload, _) =>
        {
            context.User = new(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.Name, "ada")], "test"));
            return ValueTask.FromResult(payload?.GetProperty("token").GetString() == "good");
        };
        await using var host = await GraphQLHost.StartAsync(services: services => services.AddSingleton(authenticate));
        using var client = await SocketClient.ConnectAsync(host);

        await client.SayAsync($$$"""{"type":"connection_init","payload":{"token":"{{{token}}}"}}""");

        if (code != 0)
        {
            Assert.Equal((code, "Forbidden"), await client.HearCloseAsync());
            return;
        }

        await client.HearAsync();
        await client.SubscribeAsync("1", "{ viewer }");
        Assert.Contains("ada", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_over_the_limit_closes_with_1009()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxRequestBytes"] = "2048" });
        using var client = await SocketClient.OpenAsync(host);

        await client.SayAsync(new string(' ', 3000));

        Assert.Equal(1009, (await client.HearCloseAsync()).Code);
    }

    [Fact]
    public async Task An_operation_over_the_limit_is_refused_alone()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxSubscriptionsPerConnection"] = "1" });
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "subscription { idle }");
        await client.SubscribeAsync("2", "{ hello }");

        Assert.Contains("LUCITRA_TOO_MANY_OPERATIONS", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_has_one_quota_of_subscriptions_over_all_connections()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxSubscriptionsPerCaller"] = "1" });
        using var one = await SocketClient.OpenAsync(host);
        using var other = await SocketClient.OpenAsync(host);

        await one.SubscribeAsync("1", "subscription { idle }");
        await ((TestEvents)host.Services.GetService(typeof(TestEvents))!).Started;
        await other.SubscribeAsync("1", "subscription { idle }");
        Assert.Contains("GraphQL:MaxSubscriptionsPerCaller allows 1", await other.HearAsync(), StringComparison.Ordinal);
        await other.SubscribeAsync("2", "{ hello }");
        Assert.Contains("world", await other.HearAsync(), StringComparison.Ordinal);
        Assert.Contains("complete", await other.HearAsync(), StringComparison.Ordinal);

        await one.SayAsync("""{"id":"1","type":"complete"}""");
        await ((TestEvents)host.Services.GetService(typeof(TestEvents))!).Left;
        await Eventually.IsTrueAsync(async () =>
        {
            await other.SubscribeAsync("3", "subscription { count(to: 1) }");
            var heard = await other.HearAsync();
            return heard!.Contains("\"count\":1", StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped()
    {
        await using var host = await GraphQLHost.StartAsync(new()
        {
            ["GraphQL:MaxBufferedMessages"] = "5",
            ["GraphQL:SendTimeout"] = "00:00:01",
        });
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "subscription { flood }");
        await Task.Delay(TimeSpan.FromSeconds(2));

        try
        {
            Assert.Equal(4008, (await client.HearCloseAsync()).Code);
        }
        catch (WebSocketException)
        {
            // A socket that is full cannot carry a close frame; it is cut.
        }
    }

    [Fact]
    public async Task The_server_pings()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:KeepAliveInterval"] = "00:00:00.2" });
        using var client = await SocketClient.OpenAsync(host);

        Assert.Equal("""{"type":"ping"}""", await client.HearAsync());
    }

    [Fact]
    public async Task Shutdown_closes_with_1012()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);
        await client.SubscribeAsync("1", "subscription { idle }");

        var stopping = host.StopAsync();

        Assert.Equal((1012, "The server is shutting down."), await client.HearCloseAsync());
        await stopping;
    }

    [Theory]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("https://app.example.com", true)]
    [InlineData(null, true)]
    public async Task A_foreign_origin_is_refused(string? origin, bool accepted)
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:AllowedOrigins:0"] = "https://app.example.com" });
        if (accepted)
            (await SocketClient.ConnectAsync(host, origin: origin ?? host.Address.GetLeftPart(UriPartial.Authority))).Dispose();
        else
            await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(host, origin: origin));
    }
}
