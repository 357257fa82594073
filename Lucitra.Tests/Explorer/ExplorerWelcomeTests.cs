using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Explorer;

public sealed class ExplorerWelcomeTests
{
    // An operation is run only when the whole document is valid, so the subscription is checked too.
    [Theory]
    [InlineData("NewestContacts")]
    [InlineData("OpenDeals")]
    [InlineData("DealsByStage")]
    [InlineData("CreateContact")]
    public async Task The_operations_that_the_explorer_starts_with_run(string operationName)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var configuration = await app.Client.GetFromJsonAsync<JsonElement>("/graphql/bcp-config.json");
        var query = configuration.Text("graphQLDocument");

        using var response = await app.Client.PostAsJsonAsync("/graphql", new { query, operationName });

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        Assert.Contains("subscription ContactChanges", query, StringComparison.Ordinal);
    }
}
