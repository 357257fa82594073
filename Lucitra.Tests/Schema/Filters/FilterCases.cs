using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Filters;

/// <summary>Runs many filters on one server and tells which of them keep other records than expected.</summary>
internal static class FilterCases
{
    /// <param name="app">The server.</param>
    /// <param name="list">The root list, and the field that names a record.</param>
    /// <param name="cases">Filters, as written in a document, and the names they keep, in order.</param>
    public static async Task HoldAsync(LucitraApp app, (string Field, string Name) list, params (string Where, string Kept)[] cases)
    {
        var wrong = new List<string>();
        foreach (var (where, kept) in cases)
        {
            var query = $"{{ {list.Field}(first: 100, where: {{{where}}}, order: [{{{list.Name}: ASC}}]) {{ totalCount nodes {{ {list.Name} }} }} }}";
            var answer = await app.ExecuteAsync(query);
            var actual = answer.TryGetProperty("errors", out var errors) ? errors.ToString() : string.Join(' ', answer.Texts($"data.{list.Field}.nodes", list.Name));
            if (actual != kept)
                wrong.Add($"{where}\n  expected: {kept}\n  actual:   {actual}");
            else
                Assert.Equal(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, answer.At($"data.{list.Field}.totalCount").GetInt32());
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
