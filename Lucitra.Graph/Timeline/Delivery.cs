namespace Lucitra.Graph.Timeline;

/// <summary>A change on its way to one subscriber, who gets the next one when this one is read.</summary>
internal sealed class Delivery(RecordChange change)
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RecordChange Change => change;

    public void MarkRead() => _read.TrySetResult();

    public Task WhenReadAsync(CancellationToken cancellationToken) => _read.Task.WaitAsync(cancellationToken);
}
