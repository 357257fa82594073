using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Counts the operations of one filter argument against the limit.</summary>
internal sealed class FilterScope(int maxOperations)
{
    private int _operations;

    public void Count()
    {
        if (++_operations > maxOperations)
        {
            throw new CodedError(
                ErrorCodes.TooManyFilterOperations,
                $"The filter argument contains more than {maxOperations} operations, the maximum allowed number.",
                new Dictionary<string, object?> { ["maxAllowedFilterOperations"] = maxOperations });
        }
    }

    public static CodedError NullNotSupported(string field, string filterType) => new(
        ErrorCodes.NullOperand,
        $"The provided value for filter `{field}` of type {filterType} is invalid. Null values are not supported.",
        new Dictionary<string, object?> { ["filterType"] = filterType });
}
