using System.Globalization;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Finds the records of one type that changed since a moment, oldest first, however many: where HubSpot shows no more than
/// 10,000 results, it searches again from the last of them.
/// </summary>
internal sealed class ModifiedRecords(HubSpotClient portal, string objectType, PatientCalls calls)
{
    private const string Id = "hs_object_id";

    private string Modified => objectType == HubSpotObjectTypes.Deal ? "hs_lastmodifieddate" : "lastmodifieddate";

    /// <summary>Pages of records that changed at or after <paramref name="since"/>, each record once unless it changes meanwhile.</summary>
    public async IAsyncEnumerable<IReadOnlyList<HubSpotObject>> SinceAsync(
        DateTime since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<(string, DateTime)>();
        DateTime? from = since;
        while (from is { } begin)
        {
            var found = 0;
            var last = begin;
            await foreach (var page in PagesAsync([new HubSpotFilter(Modified, "GTE", Text(begin))], Modified, cancellationToken))
            {
                found += page.Count;
                last = page[^1].UpdatedAt > last ? page[^1].UpdatedAt : last;
                if (page.Where(one => seen.Add((one.Id, one.UpdatedAt))).ToList() is { Count: > 0 } news)
                    yield return news;
            }

            seen.RemoveWhere(one => one.Item2 < last);
            from = found < HubSpotSearch.MaxResults ? null : last;
            if (from is { } next && Text(next) == Text(begin))
            {
                // More changed in one millisecond than a search shows: those by their ids, the rest from the next on.
                await foreach (var page in OfMomentAsync(next, cancellationToken))
                    yield return page;
                from = next.AddMilliseconds(1);
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<HubSpotObject>> OfMomentAsync(
        DateTime moment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (last, found) = ("0", HubSpotSearch.MaxResults); found == HubSpotSearch.MaxResults;)
        {
            found = 0;
            HubSpotFilter[] filters = [new(Modified, "EQ", Text(moment)), new(Id, "GT", last)];
            await foreach (var page in PagesAsync(filters, Id, cancellationToken))
            {
                found += page.Count;
                last = page[^1].Id;
                yield return page;
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<HubSpotObject>> PagesAsync(
        HubSpotFilter[] filters, string sortBy, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = 0;
        string? after = null;
        do
        {
            var search = new HubSpotSearch(filters, sortBy, [Modified], After: after);
            var page = await calls.RunAsync(() => portal.SearchAsync(objectType, search, HubSpotCallPriority.Backfill, cancellationToken), cancellationToken);
            if (page.Results.Count > 0)
                yield return page.Results;
            found += page.Results.Count;
            after = page.After;
        }
        while (after is not null && found < HubSpotSearch.MaxResults);
    }

    private static string Text(DateTime time) =>
        new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
