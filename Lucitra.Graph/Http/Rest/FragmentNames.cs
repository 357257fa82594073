using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>The fragments that a document spreads.</summary>
internal static class FragmentNames
{
    /// <summary>Those that it does not define.</summary>
    public static IEnumerable<string> MissingIn(GraphQLDocument document)
    {
        var defined = document.Definitions.OfType<GraphQLFragmentDefinition>().Select(fragment => fragment.FragmentName.Name.StringValue).ToHashSet();
        return document.Definitions.OfType<IHasSelectionSetNode>().SelectMany(definition => In(definition.SelectionSet)).Distinct()
            .Where(name => !defined.Contains(name));
    }

    private static IEnumerable<string> In(GraphQLSelectionSet? selections) => (selections?.Selections ?? []).SelectMany(selection => selection switch
    {
        GraphQLFragmentSpread spread => [spread.FragmentName.Name.StringValue],
        IHasSelectionSetNode parent => In(parent.SelectionSet),
        _ => Enumerable.Empty<string>(),
    });
}
