using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>Users, keys and requests as them.</summary>
internal static class Identities
{
    public const string Password = "seven silver spoons";

    /// <summary>Makes a user; gives its global id.</summary>
    public static async Task<string> AddUserAsync(this LucitraApp app, string email, string role)
    {
        var data = await app.QueryAsync(
            "mutation($input: CreateUserInput!) { createUser(input: $input) { userCredentials { user { id } } errors { __typename ... on Error { message } } } }",
            new { input = new { email, role, password = Password } });
        Assert.Null(data.GetProperty("createUser").ErrorType());
        return data.Text("createUser.userCredentials.user.id")!;
    }

    /// <summary>Signs in; gives the payload.</summary>
    public static async Task<JsonElement> LoginAsync(this LucitraApp app, string email, string password = Password)
    {
        var answer = await app.AsAsync(
            null,
            "mutation($input: LoginInput!) { login(input: $input) { accessGrant { accessToken refreshToken expiresAt scopes } errors { __typename ... on SignInLockedError { retryAfterSeconds } } } }",
            new { input = new { email, password } });
        return answer.Body.At("data.login");
    }

    /// <summary>Signs in; gives the access token.</summary>
    public static async Task<string> TokenOfAsync(this LucitraApp app, string email) => (await app.LoginAsync(email)).Text("accessGrant.accessToken")!;

    /// <summary>Renews tokens; gives the payload.</summary>
    public static async Task<JsonElement> RenewAsync(this LucitraApp app, string refreshToken)
    {
        var answer = await app.AsAsync(
            null,
            "mutation($input: RefreshTokenInput!) { refreshToken(input: $input) { accessGrant { accessToken refreshToken } errors { __typename } } }",
            new { input = new { refreshToken } });
        return answer.Body.At("data.refreshToken");
    }

    /// <summary>Makes an API key; gives its global id and text.</summary>
    public static async Task<(string Id, string Key)> AddKeyAsync(this LucitraApp app, params string[] scopes)
    {
        var data = await app.QueryAsync(
            "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { issuedApiKey { key apiKey { id } } errors { __typename } } }",
            new { input = new { name = "test", scopes } });
        return (data.Text("createApiKey.issuedApiKey.apiKey.id")!, data.Text("createApiKey.issuedApiKey.key")!);
    }

    public static Task<JsonElement> RevokeKeyAsync(this LucitraApp app, string id) =>
        app.QueryAsync("mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { revokedAt } errors { __typename } } }", new { id });

    /// <summary>Runs an operation with an access token or API key, or with nothing.</summary>
    public static async Task<(int Status, JsonElement Body)> AsAsync(this LucitraApp app, string? bearer, string query, object? variables = null)
    {
        using var client = app.ClientAs(bearer);
        using var response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public static HttpClient ClientAs(this LucitraApp app, string? bearer)
    {
        var client = new HttpClient { BaseAddress = app.Address };
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }
}
