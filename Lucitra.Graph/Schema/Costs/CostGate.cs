using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQLParser.AST;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Costs;

/// <summary>Refuses an operation that costs too much, or more than its caller has left, between its validation and its execution.</summary>
internal sealed partial class CostGate(IOptions<GraphQLOptions> options, RateLimiter limiter, ILogger<CostGate> logger) : DocumentExecutionListenerBase
{
    private readonly CostOptions _limits = options.Value.Cost;
    private readonly LimitMode _mode = options.Value.Limits.Mode;
    private readonly DocumentSightings _reported = new();

    // An operation without variables always costs the same; it leaves with its document.
    private readonly ConditionalWeakTable<GraphQLOperationDefinition, StrongBox<Cost>> _known = [];

    public override Task AfterValidationAsync(IExecutionContext context, IValidationResult validationResult)
    {
        // An operation that takes the long way after the short one has paid.
        if (!validationResult.IsValid || context.ExecutionOptions is OperationOptions { Cost: not null })
            return Task.CompletedTask;

        var cost = context.Operation.Variables is { Count: > 0 }
            ? OperationCost.Of(context)
            : _known.GetValue(context.Operation, _ => new(OperationCost.Of(context))).Value;
        Charge(context, cost);
        return Task.CompletedTask;
    }

    /// <summary>The same for an operation whose cost is known.</summary>
    public void Charge(IExecutionContext context, Cost cost)
    {
        if (Find(cost) is { } error)
            Refuse(context, error, cost);
        if (context.ExecutionOptions is OperationOptions options)
        {
            options.Cost = cost;
            if (options.CostReporting == CostReporting.Validate && context.Errors.Count == 0)
                context.Errors.Add(new CostOnlyError());
        }

        if (context.Errors.Count == 0 && limiter.TakeCost(context.User, cost.Fields) is { } spent)
            context.Errors.Add(spent);
    }

    private CodedError? Find(Cost cost)
    {
        if (cost.Fields > _limits.MaxFieldCost)
        {
            return new(ErrorCodes.CostExceeded, "The maximum allowed field cost was exceeded.", new Dictionary<string, object?>
            {
                ["fieldCost"] = cost.Fields,
                ["maxFieldCost"] = _limits.MaxFieldCost,
            });
        }

        return cost.Types <= _limits.MaxTypeCost ? null : new(
            ErrorCodes.CostExceeded, "The maximum allowed type cost was exceeded.", new Dictionary<string, object?>
            {
                ["maxTypeCost"] = _limits.MaxTypeCost,
                ["typeCost"] = cost.Types,
            });
    }

    private void Refuse(IExecutionContext context, CodedError error, Cost cost)
    {
        if (_mode == LimitMode.Enforce)
            context.Errors.Add(error);
        else if (_reported.IsFirst(context.ExecutionOptions.Query!, out var hash))
            Log.OverCost(logger, hash, cost.Fields, cost.Types, _limits.MaxFieldCost, _limits.MaxTypeCost);
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Document {Hash} has the field cost {FieldCost} and the type cost {TypeCost}; "
            + "GraphQL:Cost allows {MaxFieldCost} and {MaxTypeCost} and would refuse it")]
        public static partial void OverCost(
            ILogger logger, string hash, double fieldCost, double typeCost, double maxFieldCost, double maxTypeCost);
    }
}

/// <summary>What the client wants to know of the cost, by its header <c>GraphQL-Cost</c>.</summary>
internal enum CostReporting
{
    None,

    /// <summary>The cost beside the result.</summary>
    Report,

    /// <summary>The cost in place of a result.</summary>
    Validate,
}

/// <summary>Keeps an operation from running that was sent to learn its cost; never reaches the client.</summary>
internal sealed class CostOnlyError() : ExecutionError("The operation was not to run.");
