using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Http.Rest;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>What a variable of a document is for: what the schema says of the argument that it is passed to.</summary>
internal static class ArgumentUses
{
    /// <param name="variable">The variable.</param>
    /// <param name="document">The document.</param>
    /// <param name="root">The definition of its root field.</param>
    public static string? Of(string variable, RestDocument document, FieldType root) => In(document.Result, root, variable);

    private static string? In(GraphQLField field, FieldType definition, string variable)
    {
        var passed = field.Arguments?.Items.FirstOrDefault(argument => argument.Value is GraphQLVariable used && used.Name.Value == variable);
        if (passed is not null)
            return definition.Arguments?.Find(passed.Name.Value)?.Description;

        var inner = definition.ResolvedType?.GetNamedType() as IComplexGraphType;
        return (field.SelectionSet?.Selections ?? []).OfType<GraphQLField>()
            .Select(child => inner?.Fields.Find(child.Name.Value) is { } found ? In(child, found, variable) : null)
            .FirstOrDefault(meaning => meaning is not null);
    }
}
