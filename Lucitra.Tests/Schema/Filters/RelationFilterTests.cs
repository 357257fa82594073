using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Filters;

public sealed class RelationFilterTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_deal_is_filtered_by_its_stage_and_the_stage_by_its_pipeline(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            new Pipeline { Id = "partners", Label = "Partners", DisplayOrder = 1 },
            new DealStage { Id = "partners:new", PipelineId = "partners", HubSpotId = "new", Label = "New", DisplayOrder = 0 },
            Crm.Deal("a").In("closedwon"),
            Crm.Deal("b").In("contractsent"),
            Crm.Deal("c").In("new", "partners"),
            Crm.Deal("d"),
            Crm.Deal("e").In("nowhere"));

        await FilterCases.HoldAsync(
            app,
            ("deals", "name"),
            ("""stage: {label: {eq: "Closed Won"}}""", "a"),
            ("""stage: {label: {neq: "Closed Won"}}""", "b c d e"),
            ("""stage: {label: {ncontains: "Closed"}}""", "b c d e"),
            ("""stage: {id: {eq: null}}""", "d e"),
            ("""stage: {id: {neq: null}}""", "a b c"),
            ("""stage: {isClosed: {eq: true}}""", "a"),
            ("""stage: {isClosed: {eq: null}}""", "d e"),
            ("""stage: {displayOrder: {gt: 3}}""", "a b"),
            ("""stage: {displayOrder: {ngt: 3}}""", "c d e"),
            ("""stage: {displayOrder: {in: [0, null]}}""", "c d e"),
            ("""stage: {probability: {gte: 0.9}}""", "a b"),
            ("""stage: {pipeline: {label: {eq: "Partners"}}}""", "c"),
            ("""stage: {pipeline: {label: {neq: "Partners"}}}""", "a b d e"),
            ("""pipeline: {stages: {some: {isWon: {eq: true}}}}""", "a b e"),
            ("""pipeline: {stages: {none: {isWon: {eq: true}}}}""", "c d"),
            ("""or: [{stage: {label: {eq: "New"}}}, {and: [{stageId: {eq: "nowhere"}}, {stage: {id: {eq: null}}}]}]""", "c e"),
            ("""stage: {}""", "a b c d e"));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Lists_are_filtered_by_some_none_all_and_any_in_both_directions(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var (ada, ben, cyd) = (Crm.Contact("ada"), Crm.Contact("ben"), Crm.Contact("cyd"));
        await app.AddAsync(
            ada, ben, cyd,
            Crm.Deal("big", d => (d.Amount, d.IsWon, d.Contacts) = (1000, true, [ada, ben])),
            Crm.Deal("small", d => (d.Amount, d.Contacts) = (10, [ada])),
            Crm.Deal("alone", d => d.IsWon = true));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ("deals: {some: {amount: {gt: 500}}}", "ada ben"),
            ("deals: {some: {}}", "ada ben"),
            ("deals: {none: {amount: {lt: 500}}}", "ben cyd"),
            ("deals: {none: {}}", "cyd"),
            ("deals: {all: {isWon: {eq: true}}}", "ben cyd"),
            ("deals: {all: {}}", "ada ben cyd"),
            ("deals: {any: true}", "ada ben"),
            ("deals: {any: false}", "cyd"),
            ("deals: {}", "ada ben cyd"),
            ("deals: {some: {amount: {lt: 500}}, any: true}", "ada"),
            ("""deals: {some: {contacts: {some: {email: {eq: "ben"}}}}}""", "ada ben"),
            ("""deals: {some: {contacts: {none: {email: {eq: "ben"}}}}}""", "ada"));
        await FilterCases.HoldAsync(
            app,
            ("deals", "name"),
            ("""contacts: {some: {email: {eq: "ben"}}}""", "big"),
            ("""contacts: {none: {email: {eq: "ben"}}}""", "alone small"),
            ("""contacts: {all: {email: {eq: "ada"}}}""", "alone small"),
            ("contacts: {any: false}", "alone"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Archived_records_show_only_where_archivedAt_is_named(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var (live, gone) = (Crm.Contact("live"), Crm.Contact("old", c => c.ArchivedAt = Crm.Start));
        await app.AddAsync(
            live, gone,
            Crm.Deal("archived", d => (d.ArchivedAt, d.Contacts) = (Crm.Start, [live])),
            Crm.Deal("kept", d => d.Contacts = [gone]));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ("", "live"),
            ("archivedAt: {neq: null}", "old"),
            ("archivedAt: {}", "live old"),
            ("or: [{archivedAt: {neq: null}}, {email: {eq: \"live\"}}]", "live old"),
            ("and: [{or: [{archivedAt: {neq: null}}]}]", "old"),
            ("deals: {any: true}", ""),
            ("deals: {some: {}}", ""),
            ("deals: {some: {archivedAt: {}}}", "live"),
            ("deals: {none: {archivedAt: {neq: null}}}", ""),
            ("deals: {all: {archivedAt: {eq: null}}}", ""),
            ("deals: {all: {name: {eq: \"kept\"}}}", "live"));

        var data = await app.QueryAsync("""
            { contacts(where: {archivedAt: {}}, order: [{email: ASC}]) { nodes { deals { totalCount nodes { name } } all: deals(where: {archivedAt: {}}) { nodes { name } } } } }
            """);
        Assert.Equal(["0", "1"], data.Texts("contacts.nodes", "deals.totalCount"));
        Assert.Empty(data.Texts("contacts.nodes.0.deals.nodes", "name"));
        Assert.Equal(["archived"], data.Texts("contacts.nodes.0.all.nodes", "name"));
        Assert.Equal(["kept"], data.Texts("contacts.nodes.1.deals.nodes", "name"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Conditions_combine_and_are_limited(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("a", c => c.FirstName = "Ada"), Crm.Contact("b", c => c.FirstName = "Ben"), Crm.Contact("c"));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ("", "a b c"),
            ("or: []", "a b c"),
            ("and: []", "a b c"),
            ("or: [{}]", "a b c"),
            ("or: [{email: {eq: \"a\"}}, {}]", "a b c"),
            ("or: [{email: {eq: \"a\"}}, {firstName: {eq: null}}]", "a c"),
            ("and: [{email: {neq: \"a\"}}, {email: {neq: \"b\"}}]", "c"),
            ("email: {neq: \"a\"}, or: [{firstName: {eq: \"Ada\"}}, {firstName: {eq: \"Ben\"}}]", "b"));

        static string Many(int count) => $"{{ contacts(where: {{or: [{string.Concat(Enumerable.Range(0, count).Select(i => $"{{email: {{eq: \"a{i}\"}}}}"))}]}}) {{ totalCount }} }}";
        Assert.Equal(0, (await app.QueryAsync(Many(64))).At("contacts.totalCount").GetInt32());
        var refused = await app.ExecuteAsync(Many(65));
        Assert.Equal("HC0117", refused.ErrorCode());
        Assert.Equal("The filter argument contains 65 operations, which exceeds the maximum allowed number of 64.", refused.Text("errors.0.message"));
        Assert.Equal("HC0026", (await app.ExecuteAsync("{ contacts(where: {email: null}) { totalCount } }")).ErrorCode());
        Assert.Equal("HC0026", (await app.ExecuteAsync("{ contacts(where: {deals: {any: null}}) { totalCount } }")).ErrorCode());
    }
}
