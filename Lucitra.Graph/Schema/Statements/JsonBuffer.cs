using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Lucitra.Graph.Http;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A part of an answer on its way.</summary>
internal sealed class JsonBuffer
{
    private const int MostKept = 64;
    private const int LargestKept = 256 * 1024;

    private static readonly ConcurrentQueue<JsonBuffer> _kept = new();

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    private JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, ResultJson.Options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was written; only until the buffer is given back.</summary>
    public ReadOnlySpan<byte> Written
    {
        get
        {
            Writer.Flush();
            return _bytes.WrittenSpan;
        }
    }

    public static JsonBuffer Rent() => _kept.TryDequeue(out var kept) ? kept : new JsonBuffer();

    public void GiveBack()
    {
        if (_bytes.Capacity > LargestKept || _kept.Count >= MostKept)
            return;
        _bytes.ResetWrittenCount();
        Writer.Reset();
        _kept.Enqueue(this);
    }
}
