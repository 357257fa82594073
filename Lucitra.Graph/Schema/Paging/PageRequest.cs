using GraphQL;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>Which page a connection field asks for. <c>first</c> goes before <c>last</c> when both are given.</summary>
/// <param name="Size">Items at most.</param>
/// <param name="Backward">Counted from the end.</param>
/// <param name="After">Cursor of the item before the page.</param>
/// <param name="Before">Cursor of the item after the page.</param>
internal sealed record PageRequest(int Size, bool Backward, string? After, string? Before)
{
    public static PageRequest Of(IResolveFieldContext context, PagingOptions options)
    {
        var first = context.GetArgument<int?>("first");
        var last = context.GetArgument<int?>("last");
        var size = first ?? last ?? options.DefaultPageSize;
        if (size < 0)
        {
            throw new CodedError(
                ErrorCodes.NegativePageSize,
                "The requested number of values per page must be at least 0.",
                new Dictionary<string, object?> { ["coordinate"] = CoordinateOf(context), ["requestedItems"] = size });
        }

        if (size > options.MaxPageSize)
        {
            throw new CodedError(
                ErrorCodes.PageTooLarge,
                "The maximum allowed items per page were exceeded.",
                new Dictionary<string, object?> { ["coordinate"] = CoordinateOf(context), ["requestedItems"] = size, ["maxAllowedItems"] = options.MaxPageSize });
        }

        return new PageRequest(size, first is null && last is not null, context.GetArgument<string?>("after"), context.GetArgument<string?>("before"));
    }

    private static string CoordinateOf(IResolveFieldContext context) => $"{context.ParentType.Name}.{context.FieldDefinition.Name}";
}
