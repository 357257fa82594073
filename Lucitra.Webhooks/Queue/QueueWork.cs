using System.Diagnostics;

namespace Lucitra.Webhooks.Queue;

/// <summary>Something that is being done with messages: failed, unless it says before its end that it succeeded.</summary>
internal sealed class QueueWork : IDisposable
{
    private readonly Activity? _activity;
    private readonly Action<string?> _finish;
    private string? _error = "_OTHER";

    public QueueWork(Activity? activity, QueueLabel queue, string operation, Action<string?> finish)
    {
        (_activity, _finish) = (activity, finish);
        activity?.SetTag("messaging.system", queue.System);
        activity?.SetTag("messaging.destination.name", queue.Destination);
        activity?.SetTag("messaging.operation.name", operation);
    }

    /// <summary>The context to send along with a message; null where nobody traces.</summary>
    public string? TraceParent => _activity?.Id;

    public void Succeeded() => _error = null;

    /// <summary>Notes the type of the fault that ends it.</summary>
    public void Failed(Exception fault) => _error = fault.GetType().FullName;

    public void Dispose()
    {
        if (_error is not null)
        {
            _activity?.SetTag("error.type", _error);
            _activity?.SetStatus(ActivityStatusCode.Error);
        }

        _activity?.Dispose();
        _finish(_error);
    }
}
