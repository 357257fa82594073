namespace Lucitra.Webhooks.Inbox;

/// <summary>What became of an event.</summary>
public enum WebhookEventStatus
{
    /// <summary>Durable, and to be tried (again).</summary>
    Received,

    /// <summary>It changed a record.</summary>
    Applied,

    /// <summary>A newer fact about the same property or state had been applied before it.</summary>
    Superseded,

    /// <summary>Nothing here handles its object type or kind, or there is nothing to apply in it.</summary>
    Ignored,

    /// <summary>It cannot be applied; the reason says why. Nobody tries again until somebody replays it.</summary>
    Dead,
}
