using System.Text.Json;
using Lucitra.Graph.Auth.Keys;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Auth;

public sealed class ApiKeyTests
{
    [Fact]
    public void A_key_is_told_by_its_checksum()
    {
        var key = ApiKeyText.New("live");
        var text = key.ToString();

        Assert.Matches("^lucitra_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$", text);
        Assert.True(ApiKeyText.TryParse(text, out var parsed));
        Assert.Equal(key, parsed);
        var changed = Enumerable.Range(0, text.Length).Where(place => ApiKeyText.TryParse(text[..place] + (text[place] == 'x' ? 'y' : 'x') + text[(place + 1)..], out _));
        Assert.Empty(changed);
        Assert.False(ApiKeyText.TryParse(text[..^1], out _));
        Assert.False(ApiKeyText.TryParse(text.Replace("live", "test", StringComparison.Ordinal), out _));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_key_works_until_it_is_replaced_or_revoked_and_its_uses_are_known(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var (id, key) = await app.AddKeyAsync("contacts:read", "deals:read");

        Assert.Equal(200, (await app.AsAsync(key, "{ contacts { totalCount } }")).Status);
        Assert.Equal("AUTH_NOT_AUTHORIZED", (await app.AsAsync(key, "{ users { totalCount } }")).Body.ErrorCode());
        Assert.Equal(401, (await app.AsAsync(ApiKeyText.New("test").ToString(), "{ contacts { totalCount } }")).Status);

        var rotated = await RotateAsync(app, id, 60);
        Assert.Equal(200, (await app.AsAsync(key, "{ contacts { totalCount } }")).Status);
        Assert.Equal(200, (await app.AsAsync(rotated.Text("issuedApiKey.key"), "{ contacts { totalCount } }")).Status);
        Assert.Equal("ApiKeyEndedError", (await RotateAsync(app, id, 60)).ErrorType());

        var next = rotated.Text("issuedApiKey.apiKey.id")!;
        var last = await RotateAsync(app, next, 0);
        Assert.Equal(401, (await app.AsAsync(rotated.Text("issuedApiKey.key"), "{ contacts { totalCount } }")).Status);

        await app.RevokeKeyAsync(id);
        Assert.Equal(401, (await app.AsAsync(key, "{ contacts { totalCount } }")).Status);
        Assert.Equal(200, (await app.AsAsync(last.Text("issuedApiKey.key"), "{ contacts { totalCount } }")).Status);

        await app.Services.GetRequiredService<ApiKeyUses>().WriteAsync(CancellationToken.None);
        var data = await app.QueryAsync("""
            {
              apiKeys(order: [{ createdAt: ASC }]) { nodes { name scopes lastUsedAddress revokedAt } }
              used: auditEntries(where: { action: { eq: "api-key.first-use" } }) { nodes { actor remoteAddress } }
              refused: auditEntries(where: { action: { eq: "api-key.refused" } }, order: [{ target: ASC }]) { nodes { target } }
            }
            """);
        Assert.Equal(["127.0.0.1", "127.0.0.1", "127.0.0.1"], data.Texts("apiKeys.nodes", "lastUsedAddress"));
        Assert.Equal(3, data.At("used.nodes").GetArrayLength());
        Assert.Equal(["expired", "revoked", "unknown"], data.Texts("refused.nodes", "target"));
        var kept = await app.InDatabaseAsync(db => db.ApiKeys.AsNoTracking().ToListAsync());
        Assert.DoesNotContain(kept, row => System.Text.Encoding.ASCII.GetString(row.Hash).Contains(key[^49..^6], StringComparison.Ordinal));
    }

    [Fact]
    public async Task REST_makes_lists_and_revokes_keys()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var made = await app.PostAsync("/api/v1/api-keys", new { name = "ci", scopes = new[] { "deals:read" } });
        Assert.Equal(200, made.Status);
        var listed = await app.GetAsync("/api/v1/api-keys");
        Assert.Equal(["ci"], listed.Body.Texts("items", "name"));
        using var revoked = await app.Client.DeleteAsync(new Uri($"/api/v1/api-keys/{made.Body.Text("apiKey.id")}", UriKind.Relative));
        Assert.Equal(200, (int)revoked.StatusCode);
        Assert.Equal(401, (await app.AsAsync(made.Body.Text("key"), "{ me { name } }")).Status);
        var invalid = await app.PostAsync("/api/v1/api-keys", new { name = "ci", scopes = new[] { "deals" } });
        Assert.Equal((422, "ValidationFailedError"), (invalid.Status, invalid.Problem()));
    }

    private static async Task<JsonElement> RotateAsync(LucitraApp app, string id, int overlapMinutes)
    {
        var data = await app.QueryAsync(
            "mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) { issuedApiKey { key apiKey { id } } errors { __typename } } }",
            new { input = new { id, overlapMinutes } });
        return data.GetProperty("rotateApiKey");
    }
}
