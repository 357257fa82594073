using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

/// <summary>Walks through all pages of a list.</summary>
internal static class Pages
{
    /// <summary>One field of every item in the order of the pages, as a client meets them that goes to the end (or, backward, to the start).</summary>
    public static async Task<List<string?>> WalkAsync(
        LucitraApp app, string list, string field, string order, int size, bool backward = false, Func<int, Task>? betweenPages = null)
    {
        var met = new List<string?>();
        string? cursor = null;
        for (var page = 0; ; page++)
        {
            var (count, bound) = backward ? ("last", "before") : ("first", "after");
            var place = cursor is null ? "" : $"{bound}: \"{cursor}\"";
            var data = await app.QueryAsync(
                $"{{ {list}({count}: {size} {place} order: [{order}]) {{ nodes {{ {field} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
            var items = data.Texts($"{list}.nodes", field);
            met.InsertRange(backward ? 0 : met.Count, items);
            if (!data.At($"{list}.pageInfo.{(backward ? "hasPreviousPage" : "hasNextPage")}").GetBoolean())
                return met;

            Assert.Equal(size, items.Count);
            cursor = data.Text($"{list}.pageInfo.{(backward ? "startCursor" : "endCursor")}");
            if (betweenPages is not null)
                await betweenPages(page);
        }
    }
}
