using System.Diagnostics;
using Lucitra.Graph.Database;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Records;

/// <summary>Writes what edits changed into <c>record_changes</c>, in the transaction of the change, and tells who waits for changes.</summary>
internal sealed class RecordJournal(ChangeSignal signal, TimeProvider clock)
{
    /// <summary>Writes down the changes; says how many records changed.</summary>
    public async Task<int> WriteAsync<T>(LucitraDbContext db, IEnumerable<RecordEdit<T>> edits, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        var now = clock.UtcNow();
        var changes = edits.Select(edit => edit.Finish(now)).OfType<RecordChange>().ToList();
        if (changes.Count == 0)
            return 0;

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: var traceParent })
            changes.ForEach(change => change.TraceParent = traceParent);
        db.RecordChanges.AddRange(changes);
        db.CurrentWrite!.AfterCommit(signal.Pulse);
        await db.AnnounceAsync(ChangeSignal.AnnouncementChannel, cancellationToken);
        return changes.Count;
    }
}
