using System.Text.RegularExpressions;
using GraphQL;
using GraphQLParser.AST;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>
/// All that a result depends on besides its event: subscribers for whom this is equal get equal results. Who asks matters by
/// the scopes alone, which decide what is refused and what is masked.
/// </summary>
/// <param name="Document">The text of the document.</param>
/// <param name="Operation">The name of the operation in it.</param>
/// <param name="Variables">What its variables are.</param>
/// <param name="Scopes">What the subscriber may read; null for one that nobody knows.</param>
internal sealed record SharedSelection(string Document, string? Operation, string Variables, Scopes? Scopes)
{
    /// <summary>The selection of a subscription.</summary>
    /// <param name="context">Its field.</param>
    /// <param name="place">The argument that says where the stream begins: clients that come back differ in it, and their results do not.</param>
    public static SharedSelection Of(IResolveFieldContext context, string? place = null)
    {
        var text = context.ExecutionContext.ExecutionOptions.Query!;
        var ignored = place is null ? null : VariableOf(context.FieldAst, place, text);
        var variables = VariableText.Of(context.ExecutionContext.ExecutionOptions.Variables, except: ignored);
        return new(text, context.Operation.Name?.StringValue, variables, Caller.Of(context.User)?.Scopes);
    }

    private static string? VariableOf(GraphQLField field, string argument, string document)
    {
        const int DefinedAndUsed = 2;
        return field.Arguments?.FirstOrDefault(given => given.Name.Value == argument)?.Value is GraphQLVariable { Name.StringValue: var name }
            && Regex.Count(document, $@"\${name}\b") == DefinedAndUsed
            ? name
            : null;
    }
}
