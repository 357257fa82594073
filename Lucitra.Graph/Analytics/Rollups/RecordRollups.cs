using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>
/// Into which rollups a record counts, as it is. What a transaction changes in rollups follows from what its records were
/// and are, so whichever way a change takes, rollups fit the records.
/// </summary>
internal static class RecordRollups
{
    /// <summary>HubSpot's property that says where a contact came from.</summary>
    public const string SourceProperty = "hs_analytics_source";

    private const int MaxLagSeconds = 86_400;

    /// <summary>What the changes that a context is about to save add to rollups and take from them.</summary>
    public static RollupSums Of(ChangeTracker tracker)
    {
        var sums = new RollupSums();
        foreach (var entry in tracker.Entries())
        {
            switch (entry.Entity)
            {
                case Deal deal when IsChanged(entry):
                    Count(entry, deal, (record, sign) => Add(sums, record, sign));
                    break;
                case Contact contact when IsChanged(entry):
                    Count(entry, contact, (record, sign) => Add(sums, record, sign));
                    break;
                case WebhookEvent row when entry.State is EntityState.Added or EntityState.Modified:
                    AddFlow(sums, entry, row);
                    break;
            }
        }

        return sums;
    }

    public static void Add(IRollupTarget sums, Contact contact, int sign)
    {
        if (contact.ArchivedAt is null)
            Add(sums, new ContactFacts(contact.CreatedAt, contact.OwnerId, contact.LifecycleStage, contact.Properties.GetValueOrDefault(SourceProperty)), sign);
    }

    /// <summary>Counts a live contact.</summary>
    public static void Add(IRollupTarget sums, ContactFacts contact, int sign)
    {
        var owner = RollupSums.Of(contact.OwnerId);
        sums.Add(RollupFigure.Contacts, owner, contact.CreatedAt, null, contact.LifecycleStage, contact.Source, sign, 0);
        sums.Add(RollupFigure.ContactsCreated, owner, contact.CreatedAt, null, null, null, sign, 0, RollupGrain.Quarter);
    }

    public static void Add(IRollupTarget sums, Deal deal, int sign)
    {
        if (deal.ArchivedAt is not null)
            return;
        var owner = RollupSums.Of(deal.OwnerId);
        var (pipeline, currency, amount) = (deal.PipelineId, deal.Currency, RollupSums.Money(deal.Amount));
        sums.Add(RollupFigure.DealsCreated, owner, deal.CreatedAt, pipeline, null, currency, sign, amount ?? 0);
        if (!deal.IsClosed)
        {
            sums.Add(RollupFigure.DealsOpen, owner, deal.CloseDate, pipeline, deal.StageId, currency, sign, amount ?? 0);
            sums.Add(RollupFigure.DealsIdle, owner, deal.UpdatedAt, pipeline, null, currency, sign, amount ?? 0, RollupGrain.Day);
            return;
        }

        var outcome = deal.IsWon ? DealOutcomes.Won : DealOutcomes.Lost;
        sums.Add(RollupFigure.DealsClosed, owner, deal.CloseDate, pipeline, amount is null ? outcome + DealOutcomes.Unpriced : outcome, currency, sign, amount ?? 0);
        sums.Add(RollupFigure.DealsEnded, owner, deal.CloseDate > deal.CreatedAt ? deal.CloseDate : deal.CreatedAt, pipeline, null, currency, sign, amount ?? 0);
        if (deal is { IsWon: true, CloseDate: { } closed })
        {
            var days = Math.Max(0, (int)Math.Floor((closed - deal.CreatedAt).TotalDays));
            sums.Add(RollupFigure.DaysToClose, owner, closed, pipeline, days.ToString(CultureInfo.InvariantCulture), null, sign, 0);
        }
    }

    private static bool IsChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    private static void Count<T>(EntityEntry entry, T record, Action<T, int> add)
        where T : class
    {
        if (entry.State != EntityState.Added)
            add((T)entry.OriginalValues.ToObject(), -1);
        if (entry.State != EntityState.Deleted)
            add(record, 1);
    }

    // Events are deleted after a time and what the inbox did stays, so these figures count what happened and never less.
    private static void AddFlow(RollupSums sums, EntityEntry entry, WebhookEvent row)
    {
        if (entry.State == EntityState.Added)
            sums.Add(RollupFigure.EventsReceived, null, row.ReceivedAt, null, null, null, 1, 0);

        var wasSettled = entry.State == EntityState.Modified && entry.OriginalValues.GetValue<DateTime?>(nameof(WebhookEvent.ProcessedAt)) is not null;
        if (wasSettled || row.Status == WebhookEventStatus.Received || row.ProcessedAt is not { } settled)
            return;

        sums.Add(RollupFigure.EventsSettled, null, settled, null, row.Status.ToString().ToUpperInvariant(), null, 1, 0);
        if (row.Status == WebhookEventStatus.Applied)
        {
            var lag = (int)Math.Clamp((settled - row.ReceivedAt).TotalSeconds, 0, MaxLagSeconds);
            sums.Add(RollupFigure.EventLag, null, settled, null, lag.ToString(CultureInfo.InvariantCulture), null, 1, 0);
        }
    }
}

/// <summary>What rollups take of a live contact.</summary>
internal readonly record struct ContactFacts(DateTime CreatedAt, string? OwnerId, string? LifecycleStage, string? Source);
