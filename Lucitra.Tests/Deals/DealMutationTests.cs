using System.Text.Json;
using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Deals;

public sealed class DealMutationTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_created_deal_starts_in_the_first_stage_with_its_contact(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var contactId = (await app.MutateAsync("createContact", new { email = "ada@x.example" })).Text("contact.id");

        var payload = await app.MutateAsync("createDeal", new { name = "Engine", amount = 999_999_999_999.9999m, contactId, closeDate = "2026-12-24T18:00:00+01:00" });
        Assert.Equal(JsonValueKind.Null, payload.At("errors").ValueKind);
        var deal = payload.At("deal");
        Assert.Equal("999999999999.9999", deal.At("amount").GetRawText());
        Assert.Equal(
            ("default", "appointmentscheduled", "2026-12-24T17:00:00Z", "ada@x.example", "1"),
            (deal.Text("pipelineId"), deal.Text("stageId"), deal.Text("closeDate"), deal.Text("contacts.nodes.0.email"), deal.Text("version")));
        var contacts = await app.QueryAsync("{ contacts { nodes { deals { nodes { name } } } } }");
        Assert.Equal("Engine", contacts.Text("contacts.nodes.0.deals.nodes.0.name"));

        var change = await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(row => row.Position).LastAsync());
        Assert.Equal(("Created", "Deal", "LUCITRA_API"), (change.Kind.ToString(), change.RecordType, change.Source));
        Assert.Equal(
            ["amount 999999999999.9999", "closedate 2026-12-24T17:00:00Z", "dealname Engine", "dealstage appointmentscheduled", "pipeline default"],
            change.Fields.Where(field => field.Field != "contacts").Select(field => $"{field.Field} {field.New}").Order(StringComparer.Ordinal));
        var linked = await app.InDatabaseAsync(db => db.Contacts.SingleAsync());
        Assert.Equal(linked.Id.ToString(), Assert.Single(change.Fields, field => field.Field == "contacts").New);
    }

    [SkippableTheory, BothDatabases]
    public async Task Whether_a_deal_is_closed_or_won_follows_its_stage(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var created = await app.MutateAsync("createDeal", new { name = "Engine", stageId = "closedwon" });
        var id = created.Text("deal.id");
        Assert.Equal(("True", "True"), (created.Text("deal.isClosed"), created.Text("deal.isWon")));

        var lost = await app.MutateAsync("updateDeal", new { id, stageId = "closedlost" });
        Assert.Equal(("True", "False", "2"), (lost.Text("deal.isClosed"), lost.Text("deal.isWon"), lost.Text("deal.version")));
        var open = await app.MutateAsync("updateDeal", new { id, stageId = "contractsent", amount = 0.1m });
        Assert.Equal(("False", "False", "0.1"), (open.Text("deal.isClosed"), open.Text("deal.isWon"), open.Text("deal.amount")));
        var renamed = await app.MutateAsync("updateDeal", new { id, name = "Difference engine", amount = (decimal?)null });
        Assert.Equal(("contractsent", null, "4"), (renamed.Text("deal.stageId"), renamed.Text("deal.amount"), renamed.Text("deal.version")));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_broken_rule_is_told_and_nothing_is_written(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            new Pipeline { Id = "partners", Label = "Partners" },
            new DealStage { Id = "partners:new", PipelineId = "partners", HubSpotId = "new", Label = "New" });
        const string Unknown = "RGVhbDoAAAAAAAAAAAAAAAAAAAAA";
        const string UnknownContact = "Q29udGFjdDoAAAAAAAAAAAAAAAAAAAAA";

        var creations = new (object Input, string Error, string Message)[]
        {
            (new { name = "" }, "ValidationFailedError", "Validation failed."),
            (new { name = "a\0" }, "ValidationFailedError", "Validation failed."),
            (new { name = "x", pipelineId = "nowhere" }, "PipelineNotFoundError", "There is no pipeline 'nowhere'."),
            (new { name = "x", pipelineId = new string('p', 101) }, "PipelineNotFoundError", $"There is no pipeline '{new string('p', 101)}'."),
            (new { name = "x", stageId = "new" }, "DealStageNotInPipelineError", "The pipeline 'default' has no stage 'new'."),
            (new { name = "x", stageId = new string('s', 101) }, "DealStageNotInPipelineError", $"The pipeline 'default' has no stage '{new string('s', 101)}'."),
            (new { name = "x", contactId = UnknownContact }, "EntityNotFoundError", "Contact was not found."),
        };
        foreach (var (input, error, message) in creations)
        {
            var payload = await app.MutateAsync("createDeal", input);
            Assert.Equal((error, message), (payload.ErrorType(), payload.Text("errors.0.message")));
        }

        Assert.Equal(0, await app.InDatabaseAsync(db => db.Deals.CountAsync()));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.RecordChanges.CountAsync()));

        var id = (await app.MutateAsync("createDeal", new { name = "Engine" })).Text("deal.id");
        var updates = new (object Input, string Error)[]
        {
            (new { id = Unknown, name = "x" }, "EntityNotFoundError"),
            (new { id, name = (string?)null }, "ValidationFailedError"),
            (new { id, pipelineId = "partners" }, "DealStageNotInPipelineError"),
            (new { id, pipelineId = "nowhere", stageId = "new" }, "PipelineNotFoundError"),
            (new { id, stageId = (string?)null }, "DealStageNotInPipelineError"),
        };
        foreach (var (input, error) in updates)
            Assert.Equal(error, (await app.MutateAsync("updateDeal", input)).ErrorType());
        Assert.Null((await app.MutateAsync("updateDeal", new { id, pipelineId = "partners", stageId = "new" })).ErrorType());

        Assert.NotNull((await app.MutateAsync("archiveDeal", new { id })).Text("deal.archivedAt"));
        Assert.Equal("EntityArchivedError", (await app.MutateAsync("updateDeal", new { id, name = "x" })).ErrorType());
        Assert.Equal("EntityNotFoundError", (await app.MutateAsync("archiveDeal", new { id = Unknown })).ErrorType());
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task An_id_of_another_type_in_an_input_is_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        const string Query = """mutation($id: ID!) { createDeal(input: {name: "x", contactId: $id}) { deal { id } } }""";

        var foreign = await app.ExecuteAsync(Query, new { id = "RGVhbDoAAAAAAAAAAAAAAAAAAAAA" });
        Assert.Equal("The node id type name `Deal` does not match the expected type name `Contact`.", foreign.Text("errors.0.message"));
        var variable = await app.ExecuteAsync(
            "mutation($input: CreateDealInput!) { createDeal(input: $input) { deal { id } } }", new { input = new { name = "x", contactId = "abc" } });
        Assert.Contains("The node ID string has an invalid format.", variable.Text("errors.0.message")!, StringComparison.Ordinal);
        Assert.Empty(app.Errors.Errors);
    }
}
