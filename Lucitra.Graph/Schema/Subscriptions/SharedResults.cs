using System.Collections.Concurrent;
using GraphQL;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>
/// What one event is for each selection: executed for the first subscriber that asks, awaited by the others. It goes when the
/// last of them has read the event.
/// </summary>
internal sealed class SharedResults
{
    private readonly ConcurrentDictionary<SharedSelection, TaskCompletionSource<ExecutionResult>> _bySelection = new();

    public Task<ExecutionResult> GetAsync(SharedSelection selection, Func<Task<ExecutionResult>> execute)
    {
        if (_bySelection.TryGetValue(selection, out var known))
            return known.Task;

        // Those who wait must not run one after the other on the thread of the first.
        var own = new TaskCompletionSource<ExecutionResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _bySelection.GetOrAdd(selection, own);
        return first == own ? ExecuteAsync(own, execute) : first.Task;
    }

    private static async Task<ExecutionResult> ExecuteAsync(TaskCompletionSource<ExecutionResult> shared, Func<Task<ExecutionResult>> execute)
    {
        try
        {
            var result = await execute();
            shared.SetResult(result);
            return result;
        }
        catch (Exception fault)
        {
            shared.SetException(fault);
            throw;
        }
    }
}
