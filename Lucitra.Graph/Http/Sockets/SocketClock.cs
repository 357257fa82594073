using System.Net.WebSockets;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>What happens on a connection because of time: the limit for its init, and the server's pings.</summary>
internal static class SocketClock
{
    public static Task RunAsync(
        SocketConnection connection, SocketWriter writer, GraphQLOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        Task.WhenAll(
            LimitInitAsync(connection, options.ConnectionInitTimeout, time, cancellationToken),
            PingAsync(connection, writer, options.KeepAliveInterval, time, cancellationToken));

    private static async Task LimitInitAsync(
        SocketConnection connection, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!connection.IsAcknowledged)
            connection.Close(SocketClose.InitTimeout);
    }

    private static async Task PingAsync(
        SocketConnection connection, SocketWriter writer, TimeSpan interval, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (connection.IsAcknowledged)
                    await writer.PingAsync(cancellationToken);
            }
        }
        catch (SlowConsumerException)
        {
            connection.Close(SocketClose.SlowConsumer);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The receive loop sees the same and closes.
        }
    }
}
