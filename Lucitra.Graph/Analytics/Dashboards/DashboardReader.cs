using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Puts a dashboard together from rollups: what it costs does not grow with the number of records.</summary>
internal sealed class DashboardReader(IDbContextFactory<LucitraDbContext> contexts, SharedReads shared, TimeProvider clock)
{
    public Task<Dashboard> ReadAsync(DashboardRequest request, CancellationToken cancellationToken) =>
        shared.ReadAsync(new Question(request), () => ReadAloneAsync(request, cancellationToken), cancellationToken);

    private async Task<Dashboard> ReadAloneAsync(DashboardRequest request, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var range = request.RangeAt(now);
        var previous = range.Previous;
        var query = new RollupQuery(request.OwnerId, request.PipelineId);
        var slots = new DashboardSlots(range);
        var (contacts, deals, webhooks) = (new ContactFiguresReading(slots), new DealFiguresReading(slots, request.IdleDays, now), new WebhookFiguresReading(slots));
        contacts.Ask(query);
        deals.Ask(query);
        webhooks.Ask(query);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        var answer = await query.ReadAsync(db, cancellationToken);
        var stages = await StageBook.LoadAsync(db, cancellationToken);
        var waiting = await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Received, cancellationToken);
        var dead = await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Dead, cancellationToken);

        return new Dashboard(
            now, range.From, range.To, previous.From, previous.To, range.TimeZone.Id, range.Bucket,
            contacts.Of(answer), deals.Of(answer, stages), WebhookFiguresReading.Of(answer, waiting, dead));
    }
}
