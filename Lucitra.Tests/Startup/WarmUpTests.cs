using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Startup;

public sealed class WarmUpTests
{
    [SkippableTheory, BothDatabases]
    public async Task It_reads_a_page_and_what_hangs_on_it_and_leaves_its_document_in_the_cache(string database)
    {
        var sql = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: sql.Attach);
        Assert.Null((await app.MutateAsync("createContact", new { email = "ada@example.com" })).ErrorType());
        var documents = app.Services.GetRequiredService<DocumentCache>().Count;

        var statements = await sql.DuringAsync(() => app.Services.GetRequiredService<WarmUp>().RunAsync(CancellationToken.None));

        Assert.Contains(statements, statement => statement.Contains("FROM contacts ", StringComparison.Ordinal));
        Assert.Contains(statements, statement => statement.Contains("deals ", StringComparison.Ordinal));
        Assert.Equal(documents + 1, app.Services.GetRequiredService<DocumentCache>().Count);
        Assert.Contains(app.Errors.All, line => line.Contains("Warmed up", StringComparison.Ordinal));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Where_it_fails_the_log_says_so_and_the_server_serves(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE contacts RENAME TO elsewhere"));

        await app.Services.GetRequiredService<WarmUp>().RunAsync(CancellationToken.None);

        Assert.Contains(app.Errors.All, line => line.Contains("warms the server up failed", StringComparison.Ordinal));
        await app.QueryAsync("{ __typename }");
    }
}
