using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// Sends requests over some connections, each of which has one under way at a time. It knows of HTTP only what it needs: an
/// answer of 204 has no body.
/// </summary>
internal sealed class Sender(int port, int connections, TimeSpan way)
{
    private const int MaxAnswer = 4096;

    private static readonly byte[] _accepted = "HTTP/1.1 204"u8.ToArray();
    private static readonly byte[] _endOfHead = "\r\n\r\n"u8.ToArray();

    private int _answered;

    /// <summary>How many requests were answered so far.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Sends all of them; says how long it took.</summary>
    public async Task<TimeSpan> SendAsync(IReadOnlyList<byte[]> requests)
    {
        var next = -1;
        var sockets = new List<Socket>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, port);
            }

            var start = Stopwatch.GetTimestamp();
            await Task.WhenAll(sockets.Select(SendAllAsync));
            return Stopwatch.GetElapsedTime(start);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }

        async Task SendAllAsync(Socket socket)
        {
            var answer = new byte[MaxAnswer];
            for (var i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
            {
                if (way > TimeSpan.Zero)
                    await Task.Delay(way, TimeProvider.System);
                await socket.SendAsync(requests[i]);
                await ReceiveAsync(socket, answer);
                Interlocked.Increment(ref _answered);
            }
        }
    }

    private static async Task ReceiveAsync(Socket socket, byte[] answer)
    {
        var length = 0;
        do
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            length += read;
            if (read == 0 || (length >= _accepted.Length && !answer.AsSpan().StartsWith(_accepted)))
                throw new BenchFailure($"A request was not accepted: {Encoding.UTF8.GetString(answer, 0, length)}");
        }
        while (!answer.AsSpan(0, length).EndsWith(_endOfHead));
    }
}
