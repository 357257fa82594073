using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema;

public sealed class StatementTests
{
    [SkippableTheory, BothDatabases(1, 25)]
    public async Task Statements_do_not_grow_with_the_rows(string database, int contacts)
    {
        var sql = new SqlLog();
        await using var app = await StartAsync(database, sql, contacts);

        var statements = await sql.DuringAsync(async () =>
        {
            var data = await app.QueryAsync("""
                {
                  contacts(first: 30) {
                    nodes { email deals { nodes { name stage { label pipeline { label } } pipeline { label } contacts { nodes { email } } } } }
                  }
                }
                """);
            Assert.Equal(contacts, data.At("contacts.nodes").GetArrayLength());
            Assert.Equal("Closed Won", data.Text($"contacts.nodes.{contacts - 1}.deals.nodes.1.stage.label"));
            Assert.Equal("Sales Pipeline", data.Text($"contacts.nodes.{contacts - 1}.deals.nodes.1.stage.pipeline.label"));
        });

        // One for all; or contacts; deals; stages, pipelines and contacts of deals; pipelines of stages.
        Assert.True(statements.Count == (database == TestDatabase.Postgres ? 1 : 6), string.Join("\n\n", statements));
    }

    [SkippableTheory, BothDatabases]
    public async Task Only_selected_columns_are_read(string database)
    {
        var sql = new SqlLog();
        await using var app = await StartAsync(database, sql, contacts: 2);

        var statements = await sql.DuringAsync(() => app.QueryAsync("{ contacts { nodes { email deals { nodes { name stage { label } } } } } }"));

        Assert.Equal(database == TestDatabase.Postgres ? 1 : 3, statements.Count);
        Assert.All(statements, statement => Assert.DoesNotMatch(@"first_name|stamps|properties|amount|close_date|probability|created_at", statement));
        Assert.Contains("email", statements[0], StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task The_total_is_counted_only_when_it_is_asked_for(string database)
    {
        var sql = new SqlLog();
        await using var app = await StartAsync(database, sql, contacts: 2);
        const string Query = "query($total: Boolean!) { contacts { nodes { email } totalCount @include(if: $total) } }";

        var without = await sql.DuringAsync(() => app.QueryAsync(Query, new { total = false }));
        Assert.DoesNotContain("COUNT", Assert.Single(without), StringComparison.OrdinalIgnoreCase);

        var with = await sql.DuringAsync(() => app.QueryAsync(Query, new { total = true }));
        Assert.Equal(2, with.Count);

        var alone = await sql.DuringAsync(() => app.QueryAsync("{ contacts { totalCount } }"));
        Assert.Contains("COUNT", Assert.Single(alone), StringComparison.OrdinalIgnoreCase);

        var nested = await sql.DuringAsync(() => app.QueryAsync("{ contacts { nodes { deals { totalCount } } } }"));
        Assert.Equal(database == TestDatabase.Postgres ? 1 : 2, nested.Count);
    }

    [SkippableTheory, BothDatabases]
    public async Task Nodes_are_read_in_one_statement_a_type(string database)
    {
        var sql = new SqlLog();
        await using var app = await StartAsync(database, sql, contacts: 10);
        var data = await app.QueryAsync("{ contacts(first: 50) { nodes { id } } deals(first: 50) { nodes { id } } }");
        var ids = data.Texts("contacts.nodes", "id").Concat(data.Texts("deals.nodes", "id")).ToArray();

        var statements = await sql.DuringAsync(async () =>
        {
            var found = await app.QueryAsync(
                """
                query($ids: [ID!]!) {
                  nodes(ids: $ids) { id ... on Contact { email many: deals(first: 1) { nodes { name } } } ... on Deal { name many: contacts(first: 1) { nodes { email } } } }
                }
                """,
                new { ids });
            Assert.Equal(ids, found.Texts("nodes", "id"));
            Assert.All(found.At("nodes").EnumerateArray(), node => Assert.Equal(1, node.At("many.nodes").GetArrayLength()));
        });

        Assert.True(statements.Count == 4, string.Join("\n\n", statements));
    }

    private static async Task<LucitraApp> StartAsync(string database, SqlLog sql, int contacts)
    {
        var app = await LucitraApp.StartAsync(database, configure: sql.Attach);
        foreach (var contact in Enumerable.Range(1, contacts).Select(i => Crm.Contact($"{i:00}")))
            await app.AddAsync([contact, Deal(contact, 1), Deal(contact, 2)]);
        return app;
    }

    private static Deal Deal(Contact contact, int i) => Crm.Deal($"{contact.Email}-{i}", d => d.Contacts = [contact]).In("closedwon");
}
