using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Http;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Statements;
using Lucitra.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Schema.Statements;

/// <summary>Statements that read all of an operation answer, byte for byte, what reading field by field does.</summary>
public sealed class SameAnswerTests
{
    private const int Documents = 150;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Both_ways_of_reading_give_the_same_bytes(int seed)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var settings = new Dictionary<string, string?> { ["GraphQL:Cost:MaxFieldCost"] = "100000", ["GraphQL:Cost:MaxTypeCost"] = "100000", ["RateLimits:Enabled"] = "false" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        await using var plain = await LucitraApp.StartAsync(database, settings, ReadFieldByField);
        var random = new Random(seed);
        var ids = await FillAsync(app, random);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        var byStatements = 0;
        for (var i = 0; i < Documents; i++)
        {
            var (text, variables) = new RandomDocument(random, schema, new RandomInput(random, ids)).Draw();
            var first = await CompareAsync(app, plain, text, variables);
            byStatements += first.ByStatements ? 1 : 0;
            if (EndOf(first.Answer) is { } end)
            {
                await CompareAsync(app, plain, text, new(variables) { ["after"] = end });
                await CompareAsync(app, plain, text, new(variables) { ["before"] = end });
            }
        }

        Assert.True(byStatements > Documents * 3 / 4, $"Only {byStatements} of {Documents} documents were read by statements.");
    }

    [SkippableFact]
    public async Task What_a_caller_may_not_read_is_refused_or_masked()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await app.AddAsync(Crm.Contact("ada@example.com"));
        const string Query = "{ contacts { nodes { email } } }";

        var all = await app.ExecuteAsync(Callers.With(Scopes.ContactsRead | Scopes.ContactsReadPersonal), Query);
        var masked = await app.ExecuteAsync(Callers.With(Scopes.ContactsRead), Query);
        var other = await app.ExecuteAsync(Callers.With(Scopes.DealsRead), Query);
        var nobody = await app.ExecuteAsync(Callers.Nobody, Query);

        Assert.Equal(["ada@example.com"], all.Texts("data.contacts.nodes", "email"));
        Assert.Equal(["***"], masked.Texts("data.contacts.nodes", "email"));
        Assert.Equal(ErrorCodes.NotAuthorized, other.ErrorCode());
        Assert.Equal(ErrorCodes.NotAuthenticated, nobody.ErrorCode());
    }

    public static void ReadFieldByField(WebApplicationBuilder builder) => builder.Services.AddSingleton(provider => new StatementReader(
        provider.GetRequiredService<ReadPlans>(), provider.GetRequiredService<EntityTables>(), provider.GetRequiredService<Graph.Database.KeptReads>(), provider.GetRequiredService<IOptions<PagingOptions>>()));

    // Null where there is an error or nothing to go on from.
    private static string? EndOf(JsonElement answer) =>
        answer.TryGetProperty("errors", out _) || answer.At("data.first.ends.endCursor") is not { ValueKind: JsonValueKind.String } end ? null : end.GetString();

    private static async Task<(JsonElement Answer, bool ByStatements)> CompareAsync(LucitraApp app, LucitraApp plain, string text, Dictionary<string, object?> variables)
    {
        var (whole, byStatements) = await AnswerAsync(app, text, variables);
        var (again, _) = await AnswerAsync(app, text, variables);
        var (expected, isText) = await AnswerAsync(plain, text, variables);
        Assert.False(isText);
        Assert.True(whole == expected && again == expected, $"{text}\n{JsonSerializer.Serialize(variables)}\n\n{whole}\n\n{again}\n\n{expected}");
        return (JsonElement.Parse(whole), byStatements);
    }

    private static async Task<(string Json, bool ByStatements)> AnswerAsync(LucitraApp app, string text, Dictionary<string, object?> variables)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var read = new GraphQLRequest();
        RequestJson.Read(new ReadOnlySequence<byte>(JsonSerializer.SerializeToUtf8Bytes(new { query = text, variables })), read);
        var caller = new OperationCaller(scope.ServiceProvider, Callers.With(Scopes.All));
        var result = await app.Services.GetRequiredService<GraphQLExecutor>().ExecuteAsync(read, caller, OperationKinds.Query, CancellationToken.None);
        var json = new ArrayBufferWriter<byte>();
        app.Services.GetRequiredService<ResultJson>().Write(json, result);
        return (Encoding.UTF8.GetString(json.WrittenSpan), result.Data is JsonText);
    }

    private static async Task<Dictionary<string, string[]>> FillAsync(LucitraApp app, Random random)
    {
        var input = new RandomInput(random, new Dictionary<string, string[]>());
        var owners = Enumerable.Range(0, 3).Select(number => new Owner { Id = $"{number}", Email = input.Any(RandomInput.Texts), FirstName = input.Any(RandomInput.Texts) }).ToList();
        var contacts = Enumerable.Range(0, 14).Select(_ => Crm.Contact("", contact => Fill(contact, input))).ToList();
        var deals = Enumerable.Range(0, 12).Select(_ => Crm.Deal("", deal => Fill(deal, input, contacts))).ToList();
        contacts[0].MergedIntoId = contacts[1].Id;
        await app.AddAsync([.. owners, .. contacts, .. deals]);
        var data = await app.QueryAsync("{ contacts(first: 5) { nodes { id } } deals(first: 5) { nodes { id } } owners { nodes { id } } pipelines { nodes { id stages { nodes { id } } } } }");
        return new()
        {
            ["Contact"] = [.. data.Texts("contacts.nodes", "id")!],
            ["Deal"] = [.. data.Texts("deals.nodes", "id")!],
            ["Owner"] = [.. data.Texts("owners.nodes", "id")!],
            ["Pipeline"] = [.. data.Texts("pipelines.nodes", "id")!],
            ["DealStage"] = [.. data.Texts("pipelines.nodes.0.stages.nodes", "id")!],
        };
    }

    private static void Fill(Contact contact, RandomInput input)
    {
        contact.Email = input.Any([null, .. RandomInput.Texts]);
        contact.FirstName = input.Any([null, .. RandomInput.Texts]);
        contact.LastName = input.Any([null, .. RandomInput.Texts]);
        contact.LifecycleStage = input.Any([null, "lead", "customer"]);
        contact.OwnerId = input.Any([null, "0", "1", "unknown"]);
        contact.PortalId = input.Any<long?>([null, 1, 2]);
        contact.CreatedAt = input.Any(RandomInput.Instants);
        contact.ArchivedAt = input.Any<DateTime?>([null, null, null, RandomInput.Instants[0]]);
        contact.Version = input.Any([1, 2, 3]);
    }

    private static void Fill(Deal deal, RandomInput input, List<Contact> contacts)
    {
        deal.Name = input.Any([null, .. RandomInput.Texts]);
        deal.Amount = input.Any<decimal?>([null, .. RandomInput.Numbers]);
        deal.CloseDate = input.Any<DateTime?>([null, .. RandomInput.Instants]);
        deal.OwnerId = input.Any([null, "0", "2", "unknown"]);
        (deal.PipelineId, deal.StageId) = input.Any<(string?, string?)>([(null, null), ("default", "closedwon"), ("default", "contractsent"), ("default", "unknown"), ("unknown", "closedwon")]);
        (deal.IsWon, deal.IsClosed) = (input.Any(RandomInput.Flags), input.Any(RandomInput.Flags));
        deal.ArchivedAt = input.Any<DateTime?>([null, null, null, RandomInput.Instants[0]]);
        deal.Contacts = [.. contacts.Where(_ => input.Any(RandomInput.Flags) && input.Any(RandomInput.Flags))];
    }
}
