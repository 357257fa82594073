using System.Runtime.CompilerServices;
using System.Security.Claims;
using GraphQL.Execution;
using GraphQLParser.AST;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What an operation reads, where statements can say it all, and what was learnt of it. There is one for each operation.</summary>
internal sealed class ReadPlan
{
    // A few for what is left out and for sizes of pages. Each try counts: where nothing can be learnt, nothing is tried for ever.
    private const int MaxShapes = 8;

    private int _lessons;
    private volatile ReadShape[] _shapes = [];

    /// <summary>Its fields, in the order of the answer.</summary>
    public required RootPlan[] Roots { get; init; }

    /// <summary>Its variables with their types.</summary>
    public required IReadOnlyList<PlannedVariable> Variables { get; init; }

    /// <summary>How often each variable is mentioned in it.</summary>
    public required IReadOnlyDictionary<string, int> VariableUses { get; init; }

    /// <summary>Its fields with arguments, wherever they are.</summary>
    public required IReadOnlyList<PlannedField> Arguments { get; init; }

    /// <summary>How many connections there are in it.</summary>
    public required int Connections { get; init; }

    /// <summary>What a caller needs who gets all of it, and unmasked.</summary>
    public required Scopes Needs { get; init; }

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
