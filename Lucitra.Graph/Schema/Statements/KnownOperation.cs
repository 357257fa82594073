using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Documents;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// The short way for a document that is known to be valid and whose plan is known: only variables, arguments and cost are new.
/// Whatever is not as usual takes the long way, which knows every error.
/// </summary>
internal sealed class KnownOperation(StatementReader reader, CostGate costs, ISchema schema)
{
    private static readonly ValidationResult _valid = new();

    /// <summary>The answer; null where it takes the long way.</summary>
    public async Task<ExecutionResult?> RunAsync(OperationOptions run, GraphQLOperationDefinition operation)
    {
        using var context = new ExecutionContext
        {
            ExecutionOptions = run,
            Schema = schema,
            Document = run.Document!,
            Operation = operation,
            User = run.User,
            RequestServices = run.RequestServices,
            CancellationToken = run.CancellationToken,
            Errors = [],
        };
        if (operation.Operation != OperationType.Query || reader.PlanOf(context) is not { } plan || !Coerce(context, plan, out var known))
            return null;

        if (known is null)
            await costs.AfterValidationAsync(context, _valid);
        else
            costs.Charge(context, known.Value.Shape.Cost);
        return context.Errors.Count == 0
            ? await reader.ReadAsync(plan, context, known)
            : new ExecutionResult { Errors = context.Errors, Document = context.Document, Operation = operation, Query = context.Document.Source };
    }

    // Where the shape of the operation is known, its variables are all that is new.
    private static bool Coerce(ExecutionContext context, ReadPlan plan, out (ReadShape Shape, VariableLeaves Variables)? known)
    {
        known = null;
        try
        {
            if (VariableValues.Of(plan, context.ExecutionOptions.Variables) is not { } variables)
                return false;
            context.Variables = variables;
            var leaves = new VariableLeaves(variables, plan.VariableUses);
            if (plan.ShapeFor(leaves) is { } shape)
            {
                known = (shape, leaves);
                return true;
            }

            context.ArgumentValues = plan.Arguments.ToDictionary(
                field => field.Ast,
                IDictionary<string, ArgumentValue> (field) => ExecutionHelper.GetArguments(
                    field.Definition.Arguments, field.Ast.Arguments, variables, context.Document, field.Ast, directive: null)!);
            return true;
        }
        catch (Exception fault) when (fault is ValidationError or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return false;
        }
    }
}
