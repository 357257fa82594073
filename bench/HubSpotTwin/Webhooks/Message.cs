namespace Lucitra.Twin.Webhooks;

/// <summary>A fact in one form, on its way through one subscription.</summary>
internal sealed class Message(TwinFact fact, long eventId, long subscriptionId, bool generic, bool clearedIsMissing)
{
    public TwinFact Fact => fact;

    public long EventId => eventId;

    public long SubscriptionId => subscriptionId;

    public bool Generic => generic;

    /// <summary>Whether a cleared value is left out rather than written as empty text.</summary>
    public bool ClearedIsMissing => clearedIsMissing;

    /// <summary>Failed deliveries so far.</summary>
    public int Attempt { get; set; }

    /// <summary>Requests it was part of.</summary>
    public int Deliveries { get; set; }

    /// <summary>Requests with it that were answered 2xx.</summary>
    public int Acknowledgements { get; set; }

    public bool GivenUp { get; set; }
}
