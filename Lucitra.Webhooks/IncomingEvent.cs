using System.Diagnostics;
using System.Text;
using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;

namespace Lucitra.Webhooks;

/// <summary>One element of a delivery on its way to be applied: either a fact, or the problem that keeps it from being one.</summary>
internal sealed record IncomingEvent
{
    public required string Key { get; init; }

    public required DateOnly OccurredOn { get; init; }

    public required ReadOnlyMemory<byte> Json { get; init; }

    public HubSpotEvent? Fact { get; init; }

    public string? Problem { get; init; }

    public DateTime ReceivedAt { get; init; }

    public string? TraceId { get; init; }

    /// <summary>It named a person whose data was erased, and says nothing any more.</summary>
    public bool IsErased { get; init; }

    /// <summary>It is in the inbox and is tried again; otherwise it came with a delivery.</summary>
    public bool IsStored { get; init; }

    public static List<IncomingEvent> AllOf(QueuedMessage message) => AllOf(message.Body, message.ReceivedAt, message.TraceParent);

    /// <summary>The elements of a body, which is a JSON array; one that is not is a single element with a problem.</summary>
    public static List<IncomingEvent> AllOf(ReadOnlyMemory<byte> body, DateTime receivedAt, string? traceParent)
    {
        var traceId = ActivityContext.TryParse(traceParent, null, out var context) ? context.TraceId.ToHexString() : null;
        return WebhookBody.Split(body).ConvertAll(json => Of(json, receivedAt, traceId));
    }

    /// <summary>A stored event that is to be tried again. Its key and day stay, whatever this version would make of them.</summary>
    public static IncomingEvent Of(WebhookEvent row) =>
        Of(Encoding.UTF8.GetBytes(row.Raw), row.ReceivedAt, row.TraceId) with
        {
            Key = row.Key,
            OccurredOn = row.OccurredOn,
            IsStored = true,
            IsErased = row.Raw == InboxErasure.ErasedText,
        };

    /// <summary>The event without anything that leads to the object it names.</summary>
    public IncomingEvent Erased(string key) => this with
    {
        Key = key,
        Json = Encoding.UTF8.GetBytes(InboxErasure.ErasedText),
        Fact = Fact! with { ObjectId = null, PropertyName = null, PropertyValue = null, Association = null, EventId = null, SourceId = null },
        IsErased = true,
    };

    public WebhookEvent ToRow(Guid id) => new()
    {
        Id = id,
        Key = Key,
        OccurredOn = OccurredOn,
        PortalId = Fact?.PortalId,
        AppId = Fact?.AppId,
        ObjectType = Fact?.ObjectType,
        Kind = Fact?.Kind,
        ObjectId = Fact?.ObjectId,
        RelatedObjectId = Fact?.Association?.ToObjectId,
        RelatedObjectType = Fact?.Association?.ToObjectType,
        SubscriptionType = Fact?.SubscriptionType,
        PropertyName = Fact?.PropertyName,
        OccurredAt = Fact?.OccurredAt,
        EventId = Fact?.EventId,
        SubscriptionId = Fact?.SubscriptionId,
        AttemptNumber = Fact?.AttemptNumber,
        ChangeSource = Fact?.ChangeSource,
        SourceId = Fact?.SourceId,
        // A NUL can stand here only in a body that is not JSON, and PostgreSQL cannot keep it.
        Raw = Encoding.UTF8.GetString(Json.Span).Replace('\0', '\uFFFD'),
        ReceivedAt = ReceivedAt,
        TraceId = TraceId,
    };

    private static IncomingEvent Of(ReadOnlyMemory<byte> json, DateTime receivedAt, string? traceId)
    {
        var (fact, problem) = HubSpotEventParser.Parse(json);
        return new IncomingEvent
        {
            Key = fact is null ? FactKey.OfMalformed(json.Span) : FactKey.Of(fact, json),
            OccurredOn = fact is null ? WebhookEvent.UndatedOn : DateOnly.FromDateTime(fact.OccurredAt),
            Json = json,
            Fact = fact,
            Problem = problem,
            ReceivedAt = receivedAt,
            TraceId = traceId,
        };
    }
}
