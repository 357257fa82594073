using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Deals;

public sealed class DealWriteTests
{
    private const string Move = """
        mutation($input: MoveDealToStageInput!) {
          moveDealToStage(input: $input) {
            deal { stageId isClosed isWon closeDate }
            errors { __typename ... on Error { message } }
          }
        }
        """;

    [SkippableTheory, BothDatabases]
    public async Task A_deal_that_enters_a_closed_stage_is_closed_now(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = await DealAsync(app, "2030-01-01T00:00:00Z");

        var open = await MoveAsync(app, new { id, stageId = "qualifiedtobuy" });
        var won = await MoveAsync(app, new { id, stageId = "closedwon" });

        Assert.Equal("2030-01-01T00:00:00Z", open.GetProperty("closeDate").GetString());
        Assert.True(won.GetProperty("isClosed").GetBoolean());
        Assert.True(won.GetProperty("isWon").GetBoolean());
        Assert.NotEqual("2030-01-01T00:00:00Z", won.GetProperty("closeDate").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_stage_is_of_the_pipeline(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = await DealAsync(app);

        var noStage = await app.QueryAsync(Move, new { input = new { id, stageId = "nowhere" } });
        var noPipeline = await app.QueryAsync(Move, new { input = new { id, stageId = "closedwon", pipelineId = "other" } });

        Assert.Equal("The pipeline 'default' has no stage 'nowhere'.", Message(noStage));
        Assert.Equal("There is no pipeline 'other'.", Message(noPipeline));
        Assert.Equal("appointmentscheduled", (await app.InDatabaseAsync(db => db.Deals.SingleAsync())).StageId);

        static string? Message(JsonElement data) => data.GetProperty("moveDealToStage").GetProperty("errors")[0].GetProperty("message").GetString();
    }

    [SkippableTheory, BothDatabases]
    public async Task Contacts_are_linked_and_unlinked_once(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var dealId = await DealAsync(app);
        var created = await app.QueryAsync("""mutation { createContact(input: { email: "ada@example.com" }) { contact { id } } }""");
        var contactId = created.GetProperty("createContact").GetProperty("contact").GetProperty("id").GetString();
        var link = $$"""mutation { linkContactToDeal(input: { dealId: "{{dealId}}", contactId: "{{contactId}}" }) { deal { version contacts { nodes { email } } } errors { __typename } } }""";
        var unlink = link.Replace("linkContactToDeal", "unlinkContactFromDeal", StringComparison.Ordinal);

        var linked = await app.QueryAsync(link);
        var linkedAgain = await app.QueryAsync(link);
        var unlinked = await app.QueryAsync(unlink);
        var unlinkedAgain = await app.QueryAsync(unlink);

        Assert.Equal("""{"deal":{"version":2,"contacts":{"nodes":[{"email":"ada@example.com"}]}},"errors":null}""", linked.GetProperty("linkContactToDeal").GetRawText());
        Assert.Equal(linked.GetRawText(), linkedAgain.GetRawText());
        Assert.Equal("""{"deal":{"version":3,"contacts":{"nodes":[]}},"errors":null}""", unlinked.GetProperty("unlinkContactFromDeal").GetRawText());
        Assert.Equal(unlinked.GetRawText(), unlinkedAgain.GetRawText());
    }

    [SkippableTheory, BothDatabases]
    public async Task An_upserted_deal_is_the_one_that_webhooks_tell_of(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Upsert = """
            mutation($amount: Decimal) {
              upsertDeal(input: { portalId: 21478362, hubSpotId: "601", name: "Annual plan", amount: $amount }) { deal { id amount } errors { __typename } }
            }
            """;

        await app.QueryAsync(Upsert, new { amount = 100 });
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 601, "hs_priority", "high"));
        await app.WhenAppliedAsync();
        var changed = await app.QueryAsync(Upsert, new { amount = 250 });

        Assert.Equal(250, changed.GetProperty("upsertDeal").GetProperty("deal").GetProperty("amount").GetDecimal());
        var deal = await app.InDatabaseAsync(db => db.Deals.SingleAsync());
        Assert.Equal("high", deal.Properties["hs_priority"]);
        Assert.Equal("601", deal.HubSpotId);
    }

    private static async Task<string> DealAsync(LucitraApp app, string? closeDate = null)
    {
        var data = await app.QueryAsync(
            "mutation($closeDate: DateTime) { createDeal(input: { name: \"Annual plan\", closeDate: $closeDate }) { deal { id } } }", new { closeDate });
        return data.GetProperty("createDeal").GetProperty("deal").GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> MoveAsync(LucitraApp app, object input) =>
        (await app.QueryAsync(Move, new { input })).GetProperty("moveDealToStage").GetProperty("deal");
}
