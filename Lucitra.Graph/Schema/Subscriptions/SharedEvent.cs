using GraphQL;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>Something that happened, on its way to one subscriber. Those with the same selection share one execution of it.</summary>
/// <param name="results">What is executed for it, the same for all of its subscribers.</param>
/// <param name="selection">What this subscriber selects; null where it is executed for this one alone.</param>
internal abstract class SharedEvent(SharedResults results, SharedSelection? selection)
{
    /// <summary>What the subscriber gets.</summary>
    public Task<ExecutionResult> ResultAsync(Func<Task<ExecutionResult>> execute) =>
        selection is null ? execute() : results.GetAsync(selection, execute);

    /// <summary>Says that the subscriber has its result, and may get the next event.</summary>
    public abstract void MarkRead();
}
