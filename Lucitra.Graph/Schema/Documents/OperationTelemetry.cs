using System.Diagnostics;
using System.Diagnostics.Metrics;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser.AST;
using Lucitra.Graph.Telemetry;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// A span and the duration of each GraphQL operation, and how many subscriptions there are. A span names an operation by its
/// name and the hash of its document, never by its text or its variables.
/// </summary>
internal sealed class OperationTelemetry
{
    private const int LongestName = 100;

    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _subscriptions;
    private readonly Counter<long> _selections;
    private readonly TimeProvider _clock;

    public OperationTelemetry(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(GraphTelemetry.Name);
        _duration = meter.CreateHistogram(
            "lucitra.graphql.operation.duration", "s", "Time of an operation; of a subscription, until it has started.", advice: HistogramBuckets.Durations);
        _subscriptions = meter.CreateUpDownCounter<long>("lucitra.graphql.subscriptions", "{subscription}", "Subscriptions that are open.");
        _selections = meter.CreateCounter<long>(
            "lucitra.graphql.subscription.executions", "{execution}", "Selections executed for an event; subscribers with the same selection share one.");
    }

    public void SubscriptionOpened() => _subscriptions.Add(1);

    public void SubscriptionClosed() => _subscriptions.Add(-1);

    public void SelectionExecuted() => _selections.Add(1);

    /// <summary>Runs an operation within a span of its own.</summary>
    public async Task<ExecutionResult> MeasureAsync(
        GraphQLOperationDefinition operation, ParsedDocument document, OperationCaller caller, Func<Task<ExecutionResult>> run)
    {
        var type = TypeOf(operation.Operation);
        using var activity = Start(type, caller);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("graphql.operation.type", type);
            activity.SetTag("graphql.document.hash", $"sha256:{document.Hash}");
            if (operation.Name?.StringValue is { } name)
                activity.SetTag("graphql.operation.name", name.Length <= LongestName ? name : name[..LongestName]);
        }

        var started = _clock.GetTimestamp();
        var error = "_OTHER";
        try
        {
            var result = await run();
            error = ErrorOf(result);
            return result;
        }
        finally
        {
            var tags = new TagList { { "graphql.operation.type", type } };
            if (error is not null)
            {
                tags.Add("error.type", error);
                activity?.SetTag("error.type", error);
                if (error is ErrorCodes.Unexpected or ErrorCodes.Timeout or "_OTHER")
                    activity?.SetStatus(ActivityStatusCode.Error);
            }

            _duration.Record(_clock.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    // Operations of a connection that lasts for days make a trace each, linked to the connection's.
    private static Activity? Start(string type, OperationCaller caller)
    {
        if (!caller.HasOwnTrace || Activity.Current is not { } connection)
            return GraphTelemetry.Source.StartActivity(type);

        Activity.Current = null;
        return GraphTelemetry.Source.StartActivity(type, ActivityKind.Server, default(ActivityContext), links: [new ActivityLink(connection.Context)]);
    }

    private static string TypeOf(OperationType operation) => operation switch
    {
        OperationType.Mutation => "mutation",
        OperationType.Subscription => "subscription",
        _ => "query",
    };

    private static string? ErrorOf(ExecutionResult result) => result.Errors switch
    {
        [UnhandledError, ..] => ErrorCodes.Unexpected,
        [var first, ..] => first.Code ?? first.GetType().Name,
        _ => null,
    };
}
