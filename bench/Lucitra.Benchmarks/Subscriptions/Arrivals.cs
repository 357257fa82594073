using System.Diagnostics;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>Counts what subscribers get, and tells when all have what is expected.</summary>
internal sealed class Arrivals
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private TaskCompletionSource<long> _complete = new();
    private int _expected;
    private int _count;

    /// <summary>Begins to count anew.</summary>
    public void Expect(int count)
    {
        _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (_count, _expected) = (0, count);
    }

    public void Add()
    {
        if (Interlocked.Increment(ref _count) == Volatile.Read(ref _expected))
            _complete.TrySetResult(Stopwatch.GetTimestamp());
    }

    /// <summary>Ends the waiting: what is expected will not come.</summary>
    public void Fail(Exception fault) => _complete.TrySetException(fault);

    /// <summary>When the last of them came.</summary>
    public async Task<long> AllAsync()
    {
        try
        {
            return await _complete.Task.WaitAsync(_patience);
        }
        catch (TimeoutException)
        {
            throw new BenchFailure($"Of {_expected} messages {_count} came in {_patience}.");
        }
    }
}
