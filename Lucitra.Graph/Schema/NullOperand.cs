using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema;

/// <summary>The error of a null where a filter or a sort takes a value only.</summary>
internal static class NullOperand
{
    public static CodedError ForFilter(FieldType field, string filterType) => Of(field, filterType, "filterType");

    public static CodedError ForSort(FieldType field, string sortType) => Of(field, sortType, "sortType");

    private static CodedError Of(FieldType field, string inputType, string member) => new(
        ErrorCodes.NullOperand,
        $"The provided value for filter `{field.Name}` of type {inputType} is invalid. Null values are not supported.",
        new Dictionary<string, object?> { ["expectedType"] = $"{field.ResolvedType}!", [member] = inputType });
}
