using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema;

/// <summary>
/// Looks ahead at what a field's selection asks for, through fragments. It may name more than is executed (other type
/// conditions), never less.
/// </summary>
internal static class Selections
{
    public static IEnumerable<GraphQLField> Fields(this GraphQLSelectionSet? selections, IResolveFieldContext context)
    {
        foreach (var selection in selections?.Selections ?? [])
        {
            if (IsLeftOut(selection as IHasDirectivesNode, context))
                continue;
            var fields = selection switch
            {
                GraphQLField field => [field],
                GraphQLInlineFragment fragment => fragment.SelectionSet.Fields(context),
                GraphQLFragmentSpread spread => context.Document.FindFragmentDefinition(spread.FragmentName.Name)?.SelectionSet.Fields(context) ?? [],
                _ => [],
            };
            foreach (var field in fields)
                yield return field;
        }
    }

    public static IEnumerable<GraphQLField> Fields(this IEnumerable<GraphQLField> fields, string name, IResolveFieldContext context) =>
        fields.Where(field => field.Name.Value.Span.SequenceEqual(name)).SelectMany(field => field.SelectionSet.Fields(context));

    public static IEnumerable<string> Names(this IEnumerable<GraphQLField> fields) => fields.Select(field => field.Name.StringValue);

    private static bool IsLeftOut(IHasDirectivesNode? selection, IResolveFieldContext context) =>
        selection?.Directives is { Count: > 0 } directives && directives.Any(directive =>
            (directive.Name.Value == "skip" && If(directive, context)) || (directive.Name.Value == "include" && !If(directive, context)));

    private static bool If(GraphQLDirective directive, IResolveFieldContext context) => directive.Arguments?.Items[0].Value switch
    {
        GraphQLBooleanValue literal => literal is GraphQLTrueBooleanValue,
        GraphQLVariable variable => context.Variables.ValueFor(variable.Name, out var value) && value.Value is true,
        _ => false,
    };
}
