using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Lucitra.Webhooks.Queue.PubSub.Wire;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>What Pub/Sub posts: a message as JSON. It has more members, of which nothing here depends on one.</summary>
internal sealed record PushEnvelope(PushEnvelope.Content? Message)
{
    /// <summary>The message of a posted body, or null where it holds none.</summary>
    public static PubsubMessage? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<PushEnvelope>(body, JsonSerializerOptions.Web)?.Message?.ToMessage();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The message itself. One without data comes with empty text, or without the member.</summary>
    internal sealed record Content(byte[]? Data, Dictionary<string, string>? Attributes, DateTimeOffset? PublishTime)
    {
        public PubsubMessage ToMessage() => new()
        {
            Data = UnsafeByteOperations.UnsafeWrap(Data ?? []),
            Attributes = { Attributes ?? [] },
            PublishTime = PublishTime is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
    }
}
