using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// How many events reached each final status within 24 hours. The index still has to be walked for every one of them, so
/// the figures are counted anew after half a minute only.
/// </summary>
internal sealed class FinishedEvents(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan _span = TimeSpan.FromDays(1);
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Dictionary<string, int> _counts = [];
    private DateTime _countedAt = DateTime.MinValue;

    public async Task<IReadOnlyDictionary<string, int>> LastDayAsync(LucitraDbContext db, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = clock.UtcNow();
            if (now - _countedAt < _fresh)
                return _counts;

            var counts = new Dictionary<string, int>();
            foreach (var status in new[] { WebhookEventStatus.Applied, WebhookEventStatus.Superseded, WebhookEventStatus.Ignored, WebhookEventStatus.Dead })
            {
                var since = now - _span;
                counts[status.ToString().ToUpperInvariant()] = await db.WebhookEvents
                    .CountAsync(row => row.Status == status && row.ProcessedAt >= since, cancellationToken);
            }

            (_counts, _countedAt) = (counts, now);
            return counts;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
