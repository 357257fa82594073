using System.Diagnostics;
using Lucitra.Graph.Database;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Records;

/// <summary>Writes what edits changed into <c>record_changes</c>, in the transaction of the change, and tells who waits for changes.</summary>
internal sealed class RecordJournal(ChangeSignal signal, Announcements announcements, TimeProvider clock)
{
    /// <summary>Writes down the changes; says how many records changed.</summary>
    public int Write<T>(LucitraDbContext db, IEnumerable<RecordEdit<T>> edits)
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
        db.CurrentWrite!.AfterCommit(() => announcements.Announce(ChangeSignal.AnnouncementChannel));
        return changes.Count;
    }
}
