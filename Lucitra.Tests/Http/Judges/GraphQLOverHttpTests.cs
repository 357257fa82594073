using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Http.Judges;

/// <summary>What graphql-http, the reference of GraphQL over HTTP, says about the server.</summary>
public sealed class GraphQLOverHttpTests
{
    [SkippableFact]
    public async Task Every_audit_of_graphql_http_is_ok()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var headers = JsonSerializer.Serialize(new Dictionary<string, string> { ["X-Api-Key"] = LucitraApp.ApiKey });

        var audits = await NodeScript.RunAsync("audit.mjs", $"{app.Address}graphql", headers);

        Assert.Equal(61, audits.GetArrayLength());
        Assert.All(audits.EnumerateArray(), audit => Assert.True(audit.GetProperty("status").GetString() == "ok", audit.ToString()));
        Assert.Empty(app.Errors.Errors);
    }
}
