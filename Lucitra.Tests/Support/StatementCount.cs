using System.Diagnostics;

namespace Lucitra.Tests.Support;

/// <summary>Counts the statements that a test has PostgreSQL run, by what Npgsql traces: those of a batch one by one, and each COPY.</summary>
internal sealed class StatementCount : IDisposable
{
    private static readonly AsyncLocal<StatementCount?> _current = new();

    private readonly ActivityListener _listener;
    private int _count;

    public StatementCount()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests run statements meanwhile, in flows of their own. Announcements go out together, in their own time.
                if (_current.Value == this && activity.GetTagItem("db.query.text") is string text && !text.Contains("pg_notify", StringComparison.Ordinal))
                    Interlocked.Add(ref _count, text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>How many statements ran meanwhile.</summary>
    public async Task<int> DuringAsync(Func<Task> action)
    {
        (_count, _current.Value) = (0, this);
        await action();
        _current.Value = null;
        return _count;
    }

    public void Dispose() => _listener.Dispose();
}
