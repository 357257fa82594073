using System.Collections.Frozen;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Timeline;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics;

/// <summary>
/// Contacts and deals as they stood at a past moment: what the log of changes says happened since is undone, the newest
/// first. A record counts from its creation on, with the first values that are known of it; stages mean what they mean now.
/// Reads a page at a time, however many records there are.
/// </summary>
internal sealed class PastRecords(LucitraDbContext db, DateTime moment, CancellationToken cancellationToken)
{
    private const int RecordsPerRead = 2000;

    // What changes note beside properties.
    private static readonly FrozenSet<string> _notes = FrozenSet.ToFrozenSet(["createdAt", "mergedInto", "contacts", "isClosed", "isWon"]);

    /// <summary>Answers a question about records of that moment.</summary>
    public async Task<RollupAnswer> AnswerAsync(RollupQuery query, StageBook stages)
    {
        var tally = new RollupTally(query);
        var figures = query.Segments.Select(one => one.Figure).ToHashSet();
        if (figures.Overlaps([RollupFigure.Contacts, RollupFigure.ContactsCreated]))
        {
            await foreach (var contact in AllAsync(db.Contacts, ContactProperties.Columns))
                RecordRollups.Add(tally, contact, 1);
        }

        if (figures.Any(figure => figure >= RollupFigure.DealsCreated))
        {
            await foreach (var deal in AllAsync(db.Deals, DealProperties.Columns))
            {
                var stage = stages.Stage(deal.PipelineId ?? "", deal.StageId ?? "");
                (deal.IsClosed, deal.IsWon) = (stage?.IsClosed ?? false, stage?.IsWon ?? false);
                RecordRollups.Add(tally, deal, 1);
            }
        }

        return tally.Answer;
    }

    private async IAsyncEnumerable<T> AllAsync<T>(DbSet<T> set, FrozenDictionary<string, PropertyColumn<T>> columns)
        where T : CrmRecord
    {
        var last = Guid.Empty;
        while (true)
        {
            var records = await set.AsNoTracking().Where(record => record.Id > last).OrderBy(record => record.Id).Take(RecordsPerRead).ToListAsync(cancellationToken);
            if (records.Count == 0)
                yield break;

            var (first, final) = (records[0].Id, records[^1].Id);
            var changes = await db.RecordChanges.AsNoTracking()
                .Where(change => change.RecordId >= first && change.RecordId <= final && change.OccurredAt >= moment)
                .OrderByDescending(change => change.Position)
                .ToListAsync(cancellationToken);
            var undone = changes.ToLookup(change => change.RecordId);
            foreach (var record in records.Where(record => record.CreatedAt < moment))
            {
                foreach (var change in undone[record.Id])
                    Undo(record, change, columns);
                if (record.ArchivedAt >= moment)
                    record.ArchivedAt = null;
                yield return record;
            }

            last = final;
        }
    }

    private void Undo<T>(T record, RecordChange change, FrozenDictionary<string, PropertyColumn<T>> columns)
        where T : CrmRecord
    {
        record.UpdatedAt = change.OccurredAt < record.UpdatedAt ? change.OccurredAt : record.UpdatedAt;
        var values = new RecordValues<T>(record, columns);

        // The first values that are known count from the creation on.
        var isFirst = change.Kind == RecordChangeKind.Created;
        foreach (var field in change.Fields.Reverse().Where(field => (field.At ?? change.OccurredAt) >= moment && !(isFirst && field.Old is null)))
        {
            if (field.Field == "archivedAt")
                record.ArchivedAt = field.Old is null ? null : PropertyText.ToInstant(field.Old);
            else if (!_notes.Contains(field.Field))
                values.Write(field.Field, field.Old);
        }
    }
}
