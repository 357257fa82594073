using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Exports;

/// <summary>Tells how far an export is, whichever process makes it, until it ends.</summary>
internal sealed class ExportProgress(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, Guid id) : IObservable<object>
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    public IDisposable Subscribe(IObserver<object> observer)
    {
        var following = new Following();
        following.Completion = FollowAsync(observer, following.Token);
        return following;
    }

    private async Task FollowAsync(IObserver<object> observer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            (ExportStatus, long, long?)? told = null;
            while (true)
            {
                await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
                {
                    if (await db.Exports.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } export)
                        break;
                    var state = (export.Status, export.Rows, export.TotalRows);
                    if (state != told)
                        observer.OnNext(export);
                    told = state;
                    if (export.Status is not (ExportStatus.Queued or ExportStatus.Running))
                        break;
                }

                await Task.Delay(_pause, clock, cancellationToken);
            }

            observer.OnCompleted();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The subscriber left.
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            observer.OnError(fault);
        }
    }

    private sealed class Following : IDisposable
    {
        private readonly CancellationTokenSource _ended = new();

        public CancellationToken Token => _ended.Token;

        public Task? Completion { get; set; }

        public void Dispose() => _ended.Cancel();
    }
}
