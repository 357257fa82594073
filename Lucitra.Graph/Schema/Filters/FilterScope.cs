using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Counts the operations of one filter argument.</summary>
internal sealed class FilterScope
{
    private int _operations;

    public void Count() => _operations++;

    public void Require(int maxOperations)
    {
        if (_operations > maxOperations)
        {
            throw new CodedError(
                ErrorCodes.TooManyFilterOperations,
                $"The filter argument contains {_operations} operations, which exceeds the maximum allowed number of {maxOperations}.",
                new Dictionary<string, object?> { ["filterOperations"] = _operations, ["maxAllowedFilterOperations"] = maxOperations });
        }
    }
}
