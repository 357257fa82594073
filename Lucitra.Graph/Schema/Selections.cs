using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema;

/// <summary>
/// Looks ahead at what a field's selection asks for, through fragments. It may name more than is executed (other type
/// conditions, @skip), never less.
/// </summary>
internal static class Selections
{
    public static IEnumerable<GraphQLField> Fields(this GraphQLSelectionSet? selections, GraphQLDocument document)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            switch (selection)
            {
                case GraphQLField field:
                    yield return field;
                    break;
                case GraphQLInlineFragment fragment:
                    foreach (var field in fragment.SelectionSet.Fields(document))
                        yield return field;
                    break;
                case GraphQLFragmentSpread spread:
                    foreach (var field in document.FindFragmentDefinition(spread.FragmentName.Name)?.SelectionSet.Fields(document) ?? [])
                        yield return field;
                    break;
            }
        }
    }

    public static IEnumerable<GraphQLField> Fields(this IEnumerable<GraphQLField> fields, string name, GraphQLDocument document) =>
        fields.Where(field => field.Name.Value.Span.SequenceEqual(name)).SelectMany(field => field.SelectionSet.Fields(document));

    public static IEnumerable<string> Names(this IEnumerable<GraphQLField> fields) => fields.Select(field => field.Name.StringValue);
}
