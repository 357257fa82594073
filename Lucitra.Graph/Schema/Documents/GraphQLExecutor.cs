using System.Diagnostics;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Statements;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Runs one operation: the single way in for HTTP, WebSocket and REST.</summary>
internal sealed partial class GraphQLExecutor(
    IDocumentExecuter executer,
    ISchema schema,
    DocumentScreen screen,
    DocumentCache cache,
    CostGate costs,
    SubscriptionQuota subscriptions,
    OperationTelemetry telemetry,
    IOptions<GraphQLOptions> options,
    TimeProvider time,
    ILogger<GraphQLExecutor> logger,
    OperationGate? gate = null,
    KnownOperation? known = null)
{
    private readonly GraphQLOptions _options = options.Value;

    public async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, OperationCaller caller, OperationKinds allowed, CancellationToken cancellationToken)
    {
        var cached = cache.Find(request.Query!);
        var document = cached;
        if (document is null && screen.Screen(request.Query!, out document) is { } refusal)
            return new(refusal);

        if (OperationSelection.Select(document!.Document, request.OperationName, out var operation) is { } missing)
            return new(missing);
        if (!allowed.Allows(operation!.Operation))
            return new(new OperationNotAllowedError());
        if (gate?.Invoke(caller.User, operation) is { } closed)
            return new(closed);

        return await telemetry.MeasureAsync(operation, document, caller, () => ExecuteAsync(request, caller, document, cached is not null, operation, cancellationToken));
    }

    private async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, OperationCaller caller, ParsedDocument document, bool isCached, GraphQLOperationDefinition operation, CancellationToken cancellationToken)
    {
        var run = new OperationOptions
        {
            IsValidated = isCached,
            CostReporting = caller.Cost,
            Listeners = { costs },
            Schema = schema,
            Query = document.Text,
            Document = document.Document,
            OperationName = request.OperationName,
            Variables = request.Variables ?? Inputs.Empty,
            Extensions = request.Extensions ?? Inputs.Empty,
            RequestServices = caller.Services,
            User = caller.User,
            UnhandledExceptionDelegate = LogFault,
        };

        var result = operation.Operation == OperationType.Subscription
            ? await SubscribeAsync(run, cancellationToken)
            : await RunAsync(run, operation, cancellationToken);
        if (!isCached && result.Executed)
            cache.Add(document);

        ReportCost(result, run);
        CapErrors(result);
        return result;
    }

    private static void ReportCost(ExecutionResult result, OperationOptions run)
    {
        if (result.Errors is [CostOnlyError])
            result.Errors = null;
        if (run.CostReporting == CostReporting.None || run.Cost is not { } cost)
            return;

        result.Extensions ??= [];
        result.Extensions["operationCost"] = new Dictionary<string, object?> { ["fieldCost"] = cost.Fields, ["typeCost"] = cost.Types };
    }

    private async Task<ExecutionResult> RunAsync(OperationOptions run, GraphQLOperationDefinition operation, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ExecutionTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        run.CancellationToken = linked.Token;
        try
        {
            return (run.IsValidated && known is not null ? await known.RunAsync(run, operation) : null) ?? await executer.ExecuteAsync(run);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new(new CodedError(ErrorCodes.Cancelled, "The request was cancelled."));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return TimedOut();
        }
    }

    private async Task<ExecutionResult> SubscribeAsync(OperationOptions run, CancellationToken cancellationToken)
    {
        var place = subscriptions.Take(run.User!);
        if (place is null)
            return new(subscriptions.Exceeded());

        var held = false;
        try
        {
            var result = await StartStreamAsync(run, cancellationToken);
            if (result.Streams is { Count: > 0 } streams)
            {
                result.Streams = streams.ToDictionary(stream => stream.Key, stream => SubscriptionQuota.Hold(stream.Value, place));
                held = true;
            }

            return result;
        }
        finally
        {
            if (!held)
                place.Dispose();
        }
    }

    // The token outlives the start: it is the stream's, so the timeout must not cancel it.
    private async Task<ExecutionResult> StartStreamAsync(OperationOptions run, CancellationToken cancellationToken)
    {
        run.CancellationToken = cancellationToken;
        try
        {
            return await executer.ExecuteAsync(run).WaitAsync(_options.ExecutionTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return TimedOut();
        }
    }

    private ExecutionResult TimedOut() =>
        new(new CodedError(ErrorCodes.Timeout, $"The request exceeded the configured timeout of `{_options.ExecutionTimeout}`."));

    private void CapErrors(ExecutionResult result)
    {
        if (result.Errors is not { } errors || errors.Count <= _options.MaxErrors)
            return;

        var kept = new ExecutionErrors();
        kept.AddRange(errors.Take(_options.MaxErrors));
        kept.Add(new CodedError(
            ErrorCodes.ErrorsLeftOut,
            $"{errors.Count - _options.MaxErrors} more errors were left out (GraphQL:MaxErrors is {_options.MaxErrors})."));
        result.Errors = kept;
    }

    private Task LogFault(UnhandledExceptionContext context)
    {
        var field = context.FieldContext is { } resolving ? $"{resolving.ParentType.Name}.{resolving.FieldDefinition.Name}" : "(none)";
        Log.OperationFailed(logger, field, Activity.Current?.TraceId.ToHexString(), context.OriginalException);
        return Task.CompletedTask;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "GraphQL operation failed at field {Field}, trace {TraceId}")]
        public static partial void OperationFailed(ILogger logger, string field, string? traceId, Exception exception);
    }
}
