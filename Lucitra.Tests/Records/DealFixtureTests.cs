using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Tests.Records;

/// <summary>What the deal events of the fixtures lead to.</summary>
public sealed class DealFixtureTests
{
    private const long Known = 332_507_368_001;

    [SkippableTheory]
    [BothDatabases]
    public async Task Amounts_are_exact_decimals_and_what_is_no_number_stays_text(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("09-deal-amount-edge-cases");

        decimal?[] amounts = [1234.50m, null, null, null, 0m, -250.00m, 15_000_000m, 999_999_999_999.9999m, 0.1m, null, 42m, null];
        Dictionary<int, string> texts = new() { [9] = "1,234.50", [11] = "abc" };
        for (var index = 0; index < amounts.Length; index++)
        {
            var deal = await app.DealAsync(332_507_368_101 + index);
            Assert.Equal(amounts[index], deal.Amount);
            Assert.Equal(texts.GetValueOrDefault(index), deal.Properties.GetValueOrDefault("amount"));
        }
    }

    [SkippableTheory]
    [BothDatabases(",\"propertyValue\":\"\"", ",\"propertyValue\":null", "")]
    public async Task An_amount_is_cleared_by_any_spelling(string database, string spelling)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 1, "amount", "12.50"));
        await app.AcceptsAsync($$"""[{"portalId":21478362,"occurredAt":1791189900000,"subscriptionType":"deal.propertyChange","objectId":1,"propertyName":"amount"{{spelling}}}]""");
        await app.WhenAppliedAsync();

        Assert.Null((await app.DealAsync(1)).Amount);
        Assert.All(await app.EventsAsync(), row => Assert.Equal(WebhookEventStatus.Applied, row.Status));
    }

    [SkippableTheory]
    [BothDatabases("2000", "2500")]
    public async Task Two_values_of_one_millisecond_end_in_the_same_one_in_any_order(string database, string first)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 1, "amount", first));
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 1, "amount", first == "2000" ? "2500" : "2000"));
        await app.WhenAppliedAsync();

        Assert.Equal(2500m, (await app.DealAsync(1)).Amount);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task Dates_are_taken_as_epoch_milliseconds_and_kept_as_told_where_they_have_no_column(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("24-date-and-datetime-values");

        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_798_743_599_999), (await app.DealAsync(Known)).CloseDate);
        var contact = await app.ContactAsync(508_369_441_001);
        Assert.Equal("-86400000", contact.Properties["founded_on"]);
        Assert.False(contact.Properties.ContainsKey("renewal_date"));
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_791_191_200_600), contact.Stamps["renewal_date"].At);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_deal_in_a_closed_stage_is_closed(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("08-deal-creation-and-stage-move");

        var deal = await app.DealAsync(Known);

        Assert.Equal("closedwon", deal.StageId);
        Assert.True(deal is { IsClosed: true, IsWon: true });
    }
}
