using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Http;

/// <summary>Writes results as JSON straight into the transport's buffer.</summary>
internal sealed class ResultJson(IErrorInfoProvider errors)
{
    // Answers are read as JSON, never as HTML, so quotes and accents need no escape.
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 1000,
    };

    // A cached writer must not keep a response alive.
    private static readonly ArrayBufferWriter<byte> _nowhere = new();

    [ThreadStatic]
    private static Utf8JsonWriter? _cachedWriter;

    /// <summary>Runs <paramref name="write"/> with a writer on <paramref name="output"/>; returns the bytes written.</summary>
    public static int Write<TState>(IBufferWriter<byte> output, TState state, Action<Utf8JsonWriter, TState> write)
    {
        var writer = _cachedWriter ?? new(output, Options);
        _cachedWriter = null;
        writer.Reset(output);
        write(writer, state);
        writer.Flush();
        var length = (int)writer.BytesCommitted;
        writer.Reset(_nowhere);
        _cachedWriter = writer;
        return length;
    }

    public int Write(IBufferWriter<byte> output, ExecutionResult result, BatchIndex index = default) =>
        Write(output, (this, result, index), static (writer, state) => state.Item1.Write(writer, state.result, state.index));

    public void Write(Utf8JsonWriter writer, ExecutionResult result, BatchIndex index = default)
    {
        if (result is SharedResult shared)
            writer.WriteRawValue(shared.Json(ToBytes), skipInputValidation: true);
        else
            WriteObject(writer, result, index);
    }

    public void WriteErrors(Utf8JsonWriter writer, ExecutionErrors failures)
    {
        writer.WriteStartArray();
        foreach (var error in failures)
            WriteError(writer, error);
        writer.WriteEndArray();
    }

    private byte[] ToBytes(ExecutionResult result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, (this, result), static (writer, state) => state.Item1.WriteObject(writer, state.result, default));
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteObject(Utf8JsonWriter writer, ExecutionResult result, BatchIndex index)
    {
        writer.WriteStartObject();
        if (index.Request is { } request)
            writer.WriteNumber("requestIndex"u8, request);
        if (index.Variables is { } variables)
            writer.WriteNumber("variableIndex"u8, variables);
        if (result.Errors is { Count: > 0 })
        {
            writer.WritePropertyName("errors"u8);
            WriteErrors(writer, result.Errors);
        }

        if (result.Executed)
        {
            writer.WritePropertyName("data"u8);
            NodeJson.WriteData(writer, result.Data);
        }

        if (result.Extensions is { Count: > 0 })
        {
            writer.WritePropertyName("extensions"u8);
            NodeJson.WriteValue(writer, result.Extensions);
        }

        writer.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter writer, ExecutionError error)
    {
        var info = errors.GetInfo(error);
        writer.WriteStartObject();
        writer.WriteString("message"u8, info.Message);
        if (error.Locations is { Count: > 0 } locations)
        {
            writer.WriteStartArray("locations"u8);
            foreach (var location in locations)
            {
                writer.WriteStartObject();
                writer.WriteNumber("line"u8, location.Line);
                writer.WriteNumber("column"u8, location.Column);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (error.Path is { } path)
        {
            writer.WritePropertyName("path"u8);
            NodeJson.WriteValue(writer, path);
        }

        if (info.Extensions is { } extensions)
        {
            writer.WritePropertyName("extensions"u8);
            NodeJson.WriteValue(writer, extensions);
        }

        writer.WriteEndObject();
    }
}
