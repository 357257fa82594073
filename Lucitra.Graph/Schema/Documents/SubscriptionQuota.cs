using System.Security.Claims;
using GraphQL;
using Lucitra.Graph.Auth;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Counts the subscriptions of each caller over all connections of this process.</summary>
internal sealed class SubscriptionQuota(IOptions<GraphQLOptions> options, OperationTelemetry telemetry)
{
    private readonly int _limit = options.Value.MaxSubscriptionsPerCaller;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byCaller = new(StringComparer.Ordinal);

    /// <summary>Takes a place, free again when it is disposed; null when the caller has no more.</summary>
    public IDisposable? Take(ClaimsPrincipal caller)
    {
        // Callers that nobody knows, where such are let in at all, share one quota.
        var name = Caller.SubjectOf(caller);
        lock (_lock)
        {
            var count = _byCaller.GetValueOrDefault(name);
            if (count >= _limit)
                return null;

            _byCaller[name] = count + 1;
            telemetry.SubscriptionOpened();
            return new Place(this, name);
        }
    }

    public CodedError Exceeded() => new(
        ErrorCodes.TooManyOperations,
        $"GraphQL:MaxSubscriptionsPerCaller allows {_limit} subscriptions at once.");

    /// <summary>The stream, which gives the place back when its subscriber leaves it.</summary>
    public static IObservable<ExecutionResult> Hold(IObservable<ExecutionResult> stream, IDisposable place) => new HeldStream(stream, place);

    private void Release(string name)
    {
        telemetry.SubscriptionClosed();
        lock (_lock)
        {
            if (--_byCaller[name] == 0)
                _byCaller.Remove(name);
        }
    }

    private sealed class Place(SubscriptionQuota quota, string name) : IDisposable
    {
        private bool _released;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _released, true))
                quota.Release(name);
        }
    }

    private sealed class HeldStream(IObservable<ExecutionResult> stream, IDisposable place) : IObservable<ExecutionResult>
    {
        public IDisposable Subscribe(IObserver<ExecutionResult> observer)
        {
            try
            {
                return new Held(stream.Subscribe(observer), place);
            }
            catch
            {
                place.Dispose();
                throw;
            }
        }
    }

    private sealed class Held(IDisposable subscription, IDisposable place) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                subscription.Dispose();
            }
            finally
            {
                place.Dispose();
            }
        }
    }
}
