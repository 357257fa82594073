using Lucitra.Graph.Database;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Links;

/// <summary>Keeps the links between deals and contacts, within the transaction of its scope. Scoped.</summary>
internal sealed class RecordLinks(LucitraDbContext db, RecordJournal journal)
{
    /// <summary>Brings links up to date with these news. Everything else that the transaction wrote must be saved.</summary>
    public Task SettleAsync(LinkNews news, CancellationToken cancellationToken) =>
        news.IsEmpty ? Task.CompletedTask : new LinkSettlement(db, journal, news).RunAsync(cancellationToken);
}
