using System.Runtime.CompilerServices;
using System.Security.Claims;
using GraphQL.Execution;
using GraphQLParser.AST;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What an operation reads, where statements can say it all.</summary>
/// <param name="Roots">Its fields, in the order of the answer.</param>
/// <param name="Variables">Its variables with their types.</param>
/// <param name="Arguments">Its fields with arguments, wherever they are.</param>
/// <param name="Connections">How many connections there are in it.</param>
/// <param name="Needs">What a caller needs who gets all of it, and unmasked.</param>
/// <param name="VariableUses">How often each variable is mentioned in it.</param>
internal sealed record ReadPlan(
    RootPlan[] Roots, IReadOnlyList<PlannedVariable> Variables, IReadOnlyList<PlannedField> Arguments, int Connections, Scopes Needs, IReadOnlyDictionary<string, int> VariableUses)
{
    // A few for what is left out and for sizes of pages. Each try counts: where nothing can be learnt, nothing is tried for ever.
    private const int MaxShapes = 8;

    private int _lessons;
    private volatile ReadShape[] _shapes = [];

    /// <summary>What it comes to with these variables; null where that is not known.</summary>
    public ReadShape? ShapeFor(VariableLeaves variables)
    {
        foreach (var shape in _shapes)
        {
            if (shape.Fits(variables))
                return shape;
        }

        return null;
    }

    /// <summary>Learns a shape from a run.</summary>
    public void Learn(Func<ReadShape?> learn)
    {
        if (_lessons >= MaxShapes)
            return;

        // Where two learn at once, one of them may learn in vain.
        _lessons++;
        if (learn() is { } shape)
            _shapes = [.. _shapes, shape];
    }

    /// <summary>Whether the caller may have all of it, and unmasked.</summary>
    public bool IsOpenTo(ClaimsPrincipal? user) => Caller.Of(user) is { Scopes: var scopes } && (Needs & ~scopes) == 0;
}

/// <summary>The plans of operations. A plan is made once, and leaves with its document.</summary>
internal sealed class ReadPlans
{
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, StrongBox<ReadPlan?>> _plans = [];

    /// <summary>The plan of the operation; null when it asks for more than statements say.</summary>
    public ReadPlan? Of(IExecutionContext context) =>
        _plans.TryGetValue(context.Operation, out var plan)
            ? plan.Value
            : _plans.GetValue(context.Operation, _ => new(new ReadPlanner(context).Plan())).Value;
}
