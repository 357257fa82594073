using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace RawEndpoint;

/// <summary>Writes an answer into the response. A writer is kept for each thread.</summary>
internal static class Answer
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly ArrayBufferWriter<byte> _nowhere = new();

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static Utf8JsonWriter Begin(HttpContext context)
    {
        var writer = _writer ?? new Utf8JsonWriter(_nowhere, _options);
        _writer = null;
        writer.Reset(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteStartObject("data"u8);
        return writer;
    }

    public static async Task EndAsync(HttpContext context, Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = writer.BytesCommitted;
        writer.Reset(_nowhere);
        _writer = writer;
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>A text, or null.</summary>
    public static void Text(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
            writer.WriteNull(name);
        else
            writer.WriteString(name, row.GetString(column));
    }

    /// <summary>An instant, or null.</summary>
    public static void Instant(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            writer.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[32];
        row.GetDateTime(column).TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    public static void PageInfo(this Utf8JsonWriter writer, bool hasNextPage, string? endCursor)
    {
        writer.WriteStartObject("pageInfo"u8);
        writer.WriteBoolean("hasNextPage"u8, hasNextPage);
        writer.WriteString("endCursor"u8, endCursor);
        writer.WriteEndObject();
    }

    /// <summary>Of a first page.</summary>
    public static void PageInfo(this Utf8JsonWriter writer, bool hasNextPage, string? startCursor, string? endCursor)
    {
        writer.WriteStartObject("pageInfo"u8);
        writer.WriteBoolean("hasNextPage"u8, hasNextPage);
        writer.WriteBoolean("hasPreviousPage"u8, false);
        writer.WriteString("startCursor"u8, startCursor);
        writer.WriteString("endCursor"u8, endCursor);
        writer.WriteEndObject();
    }
}
