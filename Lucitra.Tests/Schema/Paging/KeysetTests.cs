using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

public sealed class KeysetTests
{
    private static readonly string[] _orders =
    [
        "",
        "{id: DESC}",
        "{amount: ASC}",
        "{amount: DESC}",
        "{closeDate: ASC}, {currency: DESC}",
        "{isWon: DESC}, {amount: ASC}",
        "{stage: {displayOrder: ASC}}, {currency: ASC}",
        "{stage: {displayOrder: DESC}}, {amount: DESC}",
        "{currency: DESC, closeDate: DESC}",
    ];

    [SkippableTheory, BothDatabases]
    public async Task Equal_and_null_keys_are_neither_skipped_nor_repeated(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(0, 30).Select(Uneven));

        foreach (var order in _orders)
        {
            var whole = await Pages.WalkAsync(app, "deals", "name", order, size: 100);
            Assert.Equal(30, whole.Distinct().Count());
            Assert.Equal(whole, await Pages.WalkAsync(app, "deals", "name", order, size: 4));
            Assert.Equal(whole, await Pages.WalkAsync(app, "deals", "name", order, size: 4, backward: true));
        }

        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Rows_that_come_between_pages_disturb_no_other_row(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(0, 20).Select(Uneven));
        var before = await Pages.WalkAsync(app, "deals", "name", "{amount: ASC}", size: 100);
        var next = 100;

        var forward = await Pages.WalkAsync(app, "deals", "name", "{amount: ASC}", size: 3, betweenPages: _ => app.AddAsync(Uneven(next++)));
        Assert.Equal(before, forward.Where(before.Contains));
        Assert.Equal(forward.Count, forward.Distinct().Count());

        var backward = await Pages.WalkAsync(app, "deals", "name", "{amount: ASC}", size: 3, backward: true, _ => app.AddAsync(Uneven(next++)));
        Assert.Equal(before, backward.Where(before.Contains));
        Assert.Equal(backward.Count, backward.Distinct().Count());
    }

    /// <summary>Many ties, and about a third of every key missing.</summary>
    private static Deal Uneven(int i) => Crm.Deal($"{i:000}", deal =>
    {
        deal.Amount = i % 3 == 0 ? null : i % 4 * 0.1m;
        deal.CloseDate = i % 5 < 2 ? null : Crm.Start.AddDays(i % 2);
        deal.Currency = i % 7 < 3 ? null : i % 2 == 0 ? "EUR" : "USD";
        deal.IsWon = i % 2 == 0;
        (deal.PipelineId, deal.StageId) = i % 4 == 0 ? (null, null) : ("default", i % 3 == 0 ? "closedwon" : "contractsent");
    });
}
