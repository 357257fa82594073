using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using GraphQL;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// Sends one message at a time from one buffer. Senders wait for their turn, so nothing queues up; a message that
/// takes longer than the timeout means a client that does not read, and throws <see cref="SlowConsumerException"/>.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, ResultJson json, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int LargestKeptBuffer = 64 * 1024;
    private static readonly byte[] _acknowledge = "{\"type\":\"connection_ack\"}"u8.ToArray();
    private static readonly byte[] _ping = "{\"type\":\"ping\"}"u8.ToArray();
    private static readonly byte[] _pong = "{\"type\":\"pong\"}"u8.ToArray();

    private readonly SemaphoreSlim _turn = new(1);
    private ArrayBufferWriter<byte> _buffer = new();

    public Task AcknowledgeAsync(CancellationToken cancellationToken) => SendAsync(_acknowledge, cancellationToken);

    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(_ping, cancellationToken);

    public Task PongAsync(CancellationToken cancellationToken) => SendAsync(_pong, cancellationToken);

    public Task NextAsync(string id, ExecutionResult result, CancellationToken cancellationToken) =>
        SendAsync("next", id, result, (writer, next) => json.Write(writer, next), cancellationToken);

    public Task ErrorAsync(string id, ExecutionErrors errors, CancellationToken cancellationToken) =>
        SendAsync("error", id, errors, json.WriteErrors, cancellationToken);

    public Task CompleteAsync(string id, CancellationToken cancellationToken) =>
        SendAsync<object?>("complete", id, null, null, cancellationToken);

    public async Task CloseAsync(SocketClose close)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        await _turn.WaitAsync(limit.Token);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync((WebSocketCloseStatus)close.Code, close.Reason, limit.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task SendAsync<T>(
        string type, string id, T payload, Action<Utf8JsonWriter, T>? writePayload, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ResultJson.Write(_buffer, (type, id, payload, writePayload), static (writer, message) =>
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, message.id);
                writer.WriteString("type"u8, message.type);
                if (message.writePayload is not null)
                {
                    writer.WritePropertyName("payload"u8);
                    message.writePayload(writer, message.payload);
                }

                writer.WriteEndObject();
            });
            await SendNowAsync(_buffer.WrittenMemory);
        }
        finally
        {
            if (_buffer.Capacity > LargestKeptBuffer)
                _buffer = new();
            else
                _buffer.ResetWrittenCount();
            _turn.Release();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await SendNowAsync(message);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Not cancellable by the operation: a message cut in the middle would cost the whole connection.
    private async Task SendNowAsync(ReadOnlyMemory<byte> message)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SlowConsumerException();
        }
    }
}
