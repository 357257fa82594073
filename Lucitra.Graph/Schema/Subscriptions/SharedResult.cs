using GraphQL;

namespace Lucitra.Graph.Schema.Subscriptions;

/// <summary>A result that several subscribers get, made into JSON once.</summary>
internal sealed class SharedResult(ExecutionResult result) : ExecutionResult(result)
{
    private readonly Lock _lock = new();
    private byte[]? _json;

    /// <summary>Its JSON, made by the first who asks.</summary>
    public byte[] Json(Func<ExecutionResult, byte[]> write)
    {
        var json = Volatile.Read(ref _json);
        if (json is not null)
            return json;

        lock (_lock)
            return _json ??= write(this);
    }
}
