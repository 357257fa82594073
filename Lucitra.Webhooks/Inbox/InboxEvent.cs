namespace Lucitra.Webhooks.Inbox;

/// <summary>An event being applied: its stored row, the fact parsed from it, and the verdict of its handler.</summary>
public sealed class InboxEvent(WebhookEvent row, HubSpotEvent fact)
{
    /// <summary>Identifies the event wherever a change names its cause.</summary>
    public Guid Id => row.Id;

    public HubSpotEvent Fact => fact;

    public bool HasVerdict => IsPostponed || row.Status != WebhookEventStatus.Received;

    /// <summary>It is to be handled later.</summary>
    internal bool IsPostponed { get; private set; }

    /// <summary>Has it handled again, because what it depends on is still under way. That is no failure and no attempt.</summary>
    public void Postpone(DateTime until, string reason) => (IsPostponed, row.NextAttemptAt, row.Reason) = (true, until, reason);

    public void Apply() => (row.Status, row.Reason) = (WebhookEventStatus.Applied, null);

    public void Supersede(string reason) => (row.Status, row.Reason) = (WebhookEventStatus.Superseded, reason);

    public void Ignore(string reason) => (row.Status, row.Reason) = (WebhookEventStatus.Ignored, reason);
}
