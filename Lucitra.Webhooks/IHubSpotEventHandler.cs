using Lucitra.Webhooks.Inbox;

namespace Lucitra.Webhooks;

/// <summary>
/// Applies the events of one object type. Scoped: it shares the scope's <see cref="InboxDbContext"/>, and with it the
/// transaction in which the events are stored.
/// </summary>
public interface IHubSpotEventHandler
{
    /// <summary>The <see cref="HubSpotEvent.ObjectType"/> whose events it takes.</summary>
    string ObjectType { get; }

    /// <summary>
    /// Applies events, given in the order of arrival and none of them applied before, and gives every one a verdict; one
    /// without a verdict counts as ignored. It changes tracked entities and does not save. An exception fails the whole
    /// list: the caller rolls back and tries smaller lists, down to single events.
    /// </summary>
    Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken);
}
