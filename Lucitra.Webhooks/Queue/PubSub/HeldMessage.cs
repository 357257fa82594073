namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>A message on its way to be applied. It is Pub/Sub's until <paramref name="AckId"/> is acknowledged.</summary>
internal sealed record HeldMessage(string AckId, int Bytes, List<IncomingEvent> Events, string? TraceParent);
