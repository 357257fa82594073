using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Statements;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Lucitra.Tests.Schema.Statements;

/// <summary>What is kept of an operation holds for all values of its variables, and nothing is kept where it would not.</summary>
public sealed class ReadShapeTests
{
    private static readonly object?[] _texts = ["lead", "customer", "", "x", "%", "a\0b", null, "no such stage"];
    private static readonly object?[] _instants = ["2026-01-01T00:00:00Z", "2026-10-05T08:30:00.5Z", "1990-01-01T00:00:00Z"];
    private static readonly object?[] _numbers = [0, 1, 2, 7, -3];

    [SkippableTheory]
    [InlineData(true, "query($x: String) { contacts(where: { lifecycleStage: { eq: $x } }) { nodes { email } totalCount } }", "lead", "customer")]
    [InlineData(false, "query($x: String) { contacts(where: { lifecycleStage: { eq: $x } }) { nodes { email } totalCount } }", "lead", null)]
    [InlineData(false, "query($x: String!) { contacts(where: { lifecycleStage: { contains: $x } }) { nodes { email } } }", "lead", "customer")]
    [InlineData(false, "query($x: String!) { contacts(where: { lifecycleStage: { eq: $x }, email: { neq: $x } }) { nodes { email } } }", "lead", "customer")]
    [InlineData(true, "query($x: Int!) { contacts(first: $x) { nodes { email } } }", 3, 3)]
    [InlineData(false, "query($x: Int!) { contacts(first: $x) { nodes { email } } }", 3, 4)]
    [InlineData(true, "query($x: Int!) { contacts(where: { version: { gte: $x } }) { nodes { email } } }", 3, 4)]
    [InlineData(true, "query($x: ContactFilterInput) { contacts(where: $x) { nodes { email } } }", null, null)]
    public async Task A_shape_is_kept_where_nothing_depends_on_the_value(bool isKept, string document, object? first, object? second)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await app.QueryAsync(document, new { x = first });
        await app.QueryAsync(document, new { x = first });

        var (parsed, schema) = (app.Services.GetRequiredService<DocumentCache>().Find(document)!.Document, app.Services.GetRequiredService<ISchema>());
        using var context = new ExecutionContext { Document = parsed, Operation = parsed.Definitions.OfType<GraphQLOperationDefinition>().Single(), Schema = schema };
        var plan = app.Services.GetRequiredService<ReadPlans>().Of(context)!;
        VariableLeaves Leaves(object? value) => new(VariableValues.Of(plan, new Inputs(new Dictionary<string, object?> { ["x"] = value }))!, plan.VariableUses);

        Assert.Equal(isKept, plan.ShapeFor(Leaves(second)) is not null);
    }

    [SkippableTheory]
    [InlineData("text", "query($x: String) { contacts(first: 3, where: { lifecycleStage: { eq: $x } }, order: [{ email: ASC }]) { nodes { email } totalCount } }")]
    [InlineData("text", "query($x: String) { contacts(where: { lifecycleStage: { eq: \"\" }, email: { neq: $x } }, search: $x, order: [{ email: ASC }]) { nodes { email } } }")]
    [InlineData("text", "query($x: String) { contacts(where: { or: [{ lifecycleStage: { neq: $x } }, { email: { startsWith: $x } }] }, order: [{ email: ASC }]) { nodes { email } } }")]
    [InlineData("text", "query($x: String) { contacts(where: { lifecycleStage: { contains: $x } }, order: [{ email: ASC }]) { nodes { email } } }")]
    [InlineData("text", "query($x: String) { contacts(where: { lifecycleStage: { in: [$x, \"lead\"] } }, order: [{ email: ASC }]) { nodes { email } } }")]
    [InlineData("text", "query($x: String!) { contacts(where: { lifecycleStage: { eq: $x } }, order: [{ email: ASC }]) { nodes { email deals(where: { name: { eq: $x } }) { nodes { name } } } } other: contacts(where: { lifecycleStage: { neq: $x } }, order: [{ email: DESC }]) { nodes { email } } }")]
    [InlineData("text", "query($x: String!) { contacts(where: { lifecycleStage: { eq: $x } }, order: [{ email: ASC }]) { ...p } } fragment p on ContactsConnection { nodes { email deals(where: { stageId: { neq: $x } }) { totalCount } } }")]
    [InlineData("instant", "query($x: DateTime!) { contacts(where: { createdAt: { gte: $x } }, order: [{ createdAt: DESC }]) { nodes { email createdAt } pageInfo { endCursor } } }")]
    [InlineData("instant", "query($x: DateTime!) { contacts(where: { createdAt: { ngte: $x }, updatedAt: { gt: $x } }, order: [{ createdAt: DESC }]) { nodes { email createdAt } } }")]
    [InlineData("number", "query($x: Int!) { contacts(first: $x, where: { version: { gte: $x } }, order: [{ email: ASC }]) { nodes { email } pageInfo { hasNextPage } } }")]
    [InlineData("number", "query($x: Int!) { contacts(first: $x, where: { version: { gte: $x } }, order: [{ email: ASC }]) { nodes { email } totalCount } }")]
    [InlineData("number", "query($x: Int!) { contacts(first: $x, order: [{ email: ASC }]) { nodes { email deals(first: $x) { totalCount nodes { name } } } totalCount } }")]
    [InlineData("number", "query($x: Int!) { contacts(where: { version: { gte: $x } }, order: [{ email: ASC }]) { nodes { email } } }")]
    [InlineData("number", "query($x: Decimal!) { deals(where: { amount: { gte: $x } }, order: [{ amount: DESC }, { name: ASC }]) { nodes { name amount } } }")]
    [InlineData("id", "query($x: ID!) { contactById(id: $x) { email } }")]
    [InlineData("id", "query($x: ID!) { contacts(where: { id: { eq: $x } }) { nodes { email } } }")]
    [InlineData("where", "query($x: ContactFilterInput, $first: Int, $last: Int, $search: String) { contacts(where: $x, first: $first, last: $last, search: $search, order: [{ email: ASC }]) { nodes { email lifecycleStage } totalCount } }")]
    [InlineData("cursor", "query($x: String) { contacts(first: 2, after: $x, order: [{ email: ASC }]) { nodes { email } pageInfo { hasPreviousPage endCursor } } }")]
    [InlineData("cursor", "query($x: String) { contacts(first: 2, after: $x, order: [{ email: ASC }]) { totalCount } }")]
    [InlineData("cursor", "query($x: String) { contacts(before: $x, after: $x, order: [{ email: ASC }]) { nodes { email } totalCount } }")]
    [InlineData("order", "query($x: SortEnumType!) { contacts(order: [{ email: $x }]) { nodes { email } } }")]
    [InlineData("where", "query($x: ContactFilterInput) { contacts(where: $x, order: [{ email: ASC }]) { nodes { email } } }")]
    public async Task Every_value_is_answered_as_by_reading_field_by_field(string kind, string document)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var settings = new Dictionary<string, string?> { ["RateLimits:Enabled"] = "false" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        await using var plain = await LucitraApp.StartAsync(database, settings, SameAnswerTests.ReadFieldByField);
        await app.AddAsync([.. Enumerable.Range(0, 9).Select(i => Crm.Contact($"{i}@example.com", contact =>
        {
            contact.Email = i > 6 ? null : contact.Email;
            contact.LifecycleStage = (string?)_texts.Where(text => (string?)text != "a\0b").ElementAt(i % 7);
            contact.CreatedAt = DateTime.Parse((string)_instants[i % 3]!, null, System.Globalization.DateTimeStyles.AdjustToUniversal);
            contact.Version = i % 3;
            contact.Deals = [Crm.Deal(i % 2 == 0 ? "lead" : "customer", deal => deal.Amount = i % 4)];
        }))]);
        var ids = (await app.QueryAsync("{ contacts { nodes { id } } }")).Texts("contacts.nodes", "id");
        var cursors = (await app.QueryAsync("{ contacts(order: [{ email: ASC }]) { edges { cursor } } }")).Texts("contacts.edges", "cursor");
        object?[] values = kind switch
        {
            "text" => _texts,
            "instant" => _instants,
            "number" => _numbers,
            "id" => [.. ids, "no id"],
            "cursor" => [.. cursors, null, "no cursor"],
            "order" => ["ASC", "DESC"],
            _ => [null, new { }, new { email = new { eq = "1@example.com" } }, new { email = new { eq = (string?)null } }, new { email = new { neq = "1@example.com" }, version = new { gt = 0 } }, new { email = new { neq = "2@example.com" }, version = new { gt = 1 } }, new { or = new object[] { new { email = new { eq = "3@example.com" } }, new { version = new { eq = 2 } } } }, new { or = new object[] { new { email = new { eq = "4@example.com" } } } }, new { lifecycleStage = new { @in = new[] { "lead" } } }, new { lifecycleStage = new { @in = new[] { "customer", null } } }],
        };

        // Each first once, since what comes first is what is kept.
        for (var first = 0; first < values.Length; first++)
        {
            var text = document + new string(' ', first);
            foreach (var value in values.Skip(first).Concat(values).Concat(values))
            {
                var (whole, expected) = (await app.ExecuteAsync(text, new { x = value }), await plain.ExecuteAsync(text, new { x = value }));
                Assert.True(whole.GetRawText() == expected.GetRawText(), $"{JsonSerializer.Serialize(value)}\n{whole}\n{expected}");
            }
        }
    }
}
