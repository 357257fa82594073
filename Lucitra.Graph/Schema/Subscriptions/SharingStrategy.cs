using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Documents;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>Executes the selection of a subscription for each event, and once for all subscribers who share it.</summary>
internal sealed class SharingStrategy(IServiceScopeFactory scopes, OperationTelemetry telemetry) : SubscriptionExecutionStrategy
{
    protected override async ValueTask<ExecutionResult> ProcessDataAsync(ExecutionContext context, ExecutionNode node, object? value)
    {
        if (value is not SharedEvent happened)
            return await base.ProcessDataAsync(context, node, value);

        try
        {
            return await happened.ResultAsync(() => ExecuteAsync(context, node, happened));
        }
        finally
        {
            happened.MarkRead();
        }
    }

    private async Task<ExecutionResult> ExecuteAsync(ExecutionContext context, ExecutionNode node, SharedEvent happened)
    {
        // The subscriber that it is executed for may leave before the others have it.
        await using var scope = scopes.CreateAsyncScope();
        context.RequestServices = scope.ServiceProvider;
        context.CancellationToken = CancellationToken.None;
        telemetry.SelectionExecuted();
        return new SharedResult(await base.ProcessDataAsync(context, node, happened));
    }
}
