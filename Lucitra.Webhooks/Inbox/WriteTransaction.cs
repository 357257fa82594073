using Microsoft.EntityFrameworkCore.Storage;

namespace Lucitra.Webhooks.Inbox;

/// <summary>A transaction with actions to run once it has committed. Disposing it uncommitted rolls back and runs none.</summary>
public sealed class WriteTransaction(IDbContextTransaction transaction, Action release) : IAsyncDisposable
{
    private readonly HashSet<Action> _afterCommit = [];

    /// <summary>Runs <paramref name="action"/> once after the commit, however often it is asked for.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await transaction.CommitAsync(cancellationToken);
        foreach (var action in _afterCommit)
            action();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            release();
        }
    }
}
