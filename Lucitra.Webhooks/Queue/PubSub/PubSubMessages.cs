using System.Globalization;
using Google.Protobuf;
using Lucitra.Webhooks.Queue.PubSub.Wire;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// A delivery as Pub/Sub carries it: a message for each record its events are about, holding those events as a JSON array,
/// letter for letter and in order.
/// </summary>
internal static class PubSubMessages
{
    public const string ReceivedAt = "receivedAt";
    public const string TraceParent = "traceparent";

    // Pub/Sub takes 10 MB in one call, with everything around the data.
    public const int MaxBytes = 9_000_000;

    /// <summary>
    /// The messages to publish: one list for each ordering key, to be published in its order. Events of no record, and
    /// malformed ones, have no ordering key. A message is larger than <paramref name="maxBytes"/> only for a single event.
    /// </summary>
    public static List<List<PubsubMessage>> Of(AcceptedDelivery delivery, int maxBytes = MaxBytes) =>
    [
        .. WebhookBody.Split(delivery.Body)
            .GroupBy(OrderingKeyOf)
            .Select(group => Parts([.. group], maxBytes).ConvertAll(part => Message(group.Key, part, delivery))),
    ];

    /// <summary>The events of a message; <paramref name="now"/> stands where it does not say when they were received.</summary>
    public static List<IncomingEvent> EventsOf(PubsubMessage message, DateTime now) =>
        IncomingEvent.AllOf(message.Data.Memory, ReceivedAtOf(message) ?? now, TraceParentOf(message));

    public static string? TraceParentOf(PubsubMessage message) => message.Attributes.TryGetValue(TraceParent, out var traceParent) ? traceParent : null;

    private static DateTime? ReceivedAtOf(PubsubMessage message)
    {
        var said = message.Attributes.TryGetValue(ReceivedAt, out var text)
            && DateTime.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind == DateTimeKind.Utc
                ? time
                : message.PublishTime?.ToDateTime();
        return said is { } receivedAt ? UtcTime.Truncate(receivedAt) : null;
    }

    private static string OrderingKeyOf(ReadOnlyMemory<byte> element) =>
        HubSpotEventParser.Parse(element).Fact is { ObjectId: { } id } fact
            ? string.Create(CultureInfo.InvariantCulture, $"{fact.PortalId}:{fact.ObjectType}:{id}")
            : "";

    private static List<List<ReadOnlyMemory<byte>>> Parts(List<ReadOnlyMemory<byte>> elements, int maxBytes)
    {
        var parts = new List<List<ReadOnlyMemory<byte>>>();
        var bytes = 0;
        foreach (var element in elements)
        {
            // With a comma or bracket each.
            if (parts.Count == 0 || bytes + element.Length + 2 > maxBytes)
            {
                parts.Add([]);
                bytes = 0;
            }

            parts[^1].Add(element);
            bytes += element.Length + 1;
        }

        return parts;
    }

    private static PubsubMessage Message(string orderingKey, List<ReadOnlyMemory<byte>> elements, AcceptedDelivery delivery)
    {
        var array = new byte[elements.Sum(element => element.Length + 1) + 1];
        var end = 0;
        foreach (var element in elements)
        {
            array[end] = end == 0 ? (byte)'[' : (byte)',';
            element.Span.CopyTo(array.AsSpan(end + 1));
            end += element.Length + 1;
        }

        array[end] = (byte)']';
        var message = new PubsubMessage
        {
            Data = UnsafeByteOperations.UnsafeWrap(array),
            OrderingKey = orderingKey,
            Attributes = { [ReceivedAt] = delivery.ReceivedAt.ToString("O", CultureInfo.InvariantCulture) },
        };
        if (delivery.TraceParent is { } traceParent)
            message.Attributes[TraceParent] = traceParent;
        return message;
    }
}
