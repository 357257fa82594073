using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Inbox;

/// <summary>The filter keeps every event. Say which ones are meant.</summary>
internal sealed record EmptyFilterError() : UserError("The filter keeps every event. Say which ones are meant.");

/// <summary>So many events cannot be replayed or discarded within one minute.</summary>
/// <param name="Matching">How many events the call was about.</param>
/// <param name="RetryAt">When the same call fits again.</param>
internal sealed record ReplayLimitReachedError(int Matching, DateTime RetryAt)
    : UserError($"The limit of Webhooks:Replay:MaxEventsPerMinute is reached. {Matching} events fit again at {RetryAt:O}.");
