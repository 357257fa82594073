using GraphQL;
using GraphQL.DI;
using Lucitra.Graph.Schema.Costs;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The options of one operation, whether its document is known to be valid, and whether its cost is asked for.</summary>
internal sealed class OperationOptions : ExecutionOptions
{
    public bool IsValidated { get; init; }

    public CostReporting CostReporting { get; init; }

    /// <summary>What the operation costs, known once it is validated.</summary>
    public Cost? Cost { get; set; }
}

/// <summary>Leaves a validated document only the rules that depend on the caller or the variables.</summary>
internal sealed class ValidatedDocuments : IConfigureExecution
{
    // After the rules of the schema (100), which this must see to leave them out.
    public float SortOrder => 200;

    public Task<ExecutionResult> ExecuteAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        if (options is OperationOptions { IsValidated: true })
            options.ValidationRules = options.CachedDocumentValidationRules ?? [];

        return next(options);
    }
}
