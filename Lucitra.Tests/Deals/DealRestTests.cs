using Lucitra.Tests.Support;

namespace Lucitra.Tests.Deals;

public sealed class DealRestTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_created_deal_is_at_its_location_with_its_stage(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var created = await app.PostAsync("/api/v1/deals", new { name = "Engine", amount = 0.1m, stageId = "closedwon" });
        Assert.Equal((201, "0.1"), (created.Status, created.Body.At("amount").GetRawText()));
        var found = await app.GetAsync(created.Location!.OriginalString);
        Assert.Equal(("Engine", "Closed Won", "True"), (found.Body.Text("name"), found.Body.Text("stage.label"), found.Body.Text("isWon")));
    }

    [SkippableTheory, BothDatabases]
    public async Task Deals_are_filtered_by_amount_and_sorted_by_stage(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => d.Amount = 10).In("closedwon"),
            Crm.Deal("b", d => d.Amount = 999_999_999_999.9999m).In("contractsent"),
            Crm.Deal("c", d => d.Amount = 9).In("contractsent"));

        var where = Uri.EscapeDataString("""{"amount":{"in":[10,999999999999.9999]}}""");
        var order = Uri.EscapeDataString("""{"stage":{"displayOrder":"ASC"}}""");
        var page = await app.GetAsync($"/api/v1/deals?where={where}&order={order}");
        Assert.Equal(["b", "a"], page.Body.Texts("items", "name"));
        Assert.Null(page.Next);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_is_wrong_with_a_deal_is_a_problem(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var cases = new (object Body, int Status, string Code)[]
        {
            (new { name = "" }, 422, "ValidationFailedError"),
            (new { name = "x", stageId = "nowhere" }, 422, "DealStageNotInPipelineError"),
            (new { name = "x", pipelineId = "nowhere" }, 404, "PipelineNotFoundError"),
            (new { name = "x", contactId = "Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA" }, 404, "EntityNotFoundError"),
            (new { name = "x", contactId = "abc" }, 400, "LUCITRA_INVALID_NODE_ID"),
            (new { name = "x", amount = "ten" }, 400, "LUCITRA_VALIDATION_FAILED"),
        };
        foreach (var (body, status, code) in cases)
        {
            var answer = await app.PostAsync("/api/v1/deals", body);
            Assert.Equal((status, code), (answer.Status, answer.Problem()));
        }

        Assert.Empty(app.Errors.Errors);
    }
}
