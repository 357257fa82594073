namespace Lucitra.Webhooks;

/// <summary>
/// Thrown by a handler about an event that no further attempt can apply: it ends DEAD at once, with
/// <c>REJECTED: </c> and the message as its reason. Every other exception is tried again.
/// </summary>
/// <param name="reason">A code and what it means, such as <c>NO_SUCH_STAGE: the pipeline has no such stage</c>; never a value of the event.</param>
public sealed class PermanentEventException(string reason) : Exception(reason);
