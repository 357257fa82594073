using GraphQL.Execution;
using GraphQLParser.AST;
using GraphQLParser.Visitors;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Counts how often variables are mentioned in an operation and in the document's fragments.</summary>
internal sealed class VariableUses : ASTVisitor<VariableUses.Count>
{
    private static readonly VariableUses _visitor = new();

    public static IReadOnlyDictionary<string, int> In(IExecutionContext context)
    {
        var count = new Count();
        foreach (var variable in context.Operation.Variables?.Items ?? [])
            count.Uses[variable.Variable.Name.StringValue] = 0;
        Visit(_visitor.VisitAsync(context.Operation.SelectionSet, count));
        foreach (var fragment in context.Document.Definitions.OfType<GraphQLFragmentDefinition>())
            Visit(_visitor.VisitAsync(fragment, count));
        return count.Uses;
    }

    protected override ValueTask VisitVariableAsync(GraphQLVariable variable, Count context)
    {
        var name = variable.Name.StringValue;
        context.Uses[name] = context.Uses.GetValueOrDefault(name) + 1;
        return default;
    }

    // Nothing in it waits.
    private static void Visit(ValueTask visit) => visit.GetAwaiter().GetResult();

    internal sealed class Count : IASTVisitorContext
    {
        public Dictionary<string, int> Uses { get; } = [];

        public CancellationToken CancellationToken => default;
    }
}
