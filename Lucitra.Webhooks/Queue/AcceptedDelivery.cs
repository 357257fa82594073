namespace Lucitra.Webhooks.Queue;

/// <summary>A delivery found authentic and readable: the body letter for letter, when it came, and the trace it belongs to.</summary>
public sealed record AcceptedDelivery(byte[] Body, DateTime ReceivedAt, string? TraceParent);
