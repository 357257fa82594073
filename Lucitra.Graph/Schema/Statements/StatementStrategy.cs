using GraphQL;
using GraphQL.Execution;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Runs queries: by statements where they say it all, else field by field. Both give the same bytes.</summary>
internal sealed class StatementStrategy(StatementReader reader) : ParallelExecutionStrategy
{
    public override async Task<ExecutionResult> ExecuteAsync(ExecutionContext context) =>
        (reader.PlanOf(context) is { } plan ? await reader.ReadAsync(plan, context) : null) ?? await base.ExecuteAsync(context);
}
