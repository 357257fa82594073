using System.Runtime.CompilerServices;

namespace Lucitra.Tests.Http.Support;

/// <summary>A source that never yields and tells when it was left.</summary>
public sealed class TestEvents
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Started => _started.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public Task Left => _left.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public async IAsyncEnumerable<int> Wait([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield return 0;
        }
        finally
        {
            _left.TrySetResult();
        }
    }
}
