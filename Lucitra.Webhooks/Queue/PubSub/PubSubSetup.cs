namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// What setting up Pub/Sub came to: what was created or changed, and what differs from the settings and can only be deleted
/// and created again.
/// </summary>
public sealed record PubSubSetup(List<string> Changes, List<string> Differences);
