using Lucitra.Tests.Support;

namespace Lucitra.Tests.Auth;

public sealed class UserAdministrationTests
{
    [SkippableTheory, BothDatabases]
    public async Task Administrators_change_users_at_once_but_not_the_last_of_themselves(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var admin = await app.AddUserAsync("root@northwharf.example", "ADMIN");
        var user = await app.AddUserAsync("ada@northwharf.example", "VIEWER");
        var token = await app.TokenOfAsync("ada@northwharf.example");
        const string Write = """mutation { createDeal(input: { name: "Engine" }) { errors { __typename } } }""";

        Assert.Equal("AUTH_NOT_AUTHORIZED", (await app.AsAsync(token, Write)).Body.ErrorCode());
        Assert.Null(await ErrorOfAsync(app, "changeUserRole", $"id: \"{user}\", role: EDITOR"));
        Assert.False((await app.AsAsync(token, Write)).Body.TryGetProperty("errors", out _));

        Assert.Equal("LastAdministratorError", await ErrorOfAsync(app, "changeUserRole", $"id: \"{admin}\", role: EDITOR"));
        Assert.Equal("LastAdministratorError", await ErrorOfAsync(app, "disableUser", $"id: \"{admin}\""));
        Assert.Equal("LastAdministratorError", await ErrorOfAsync(app, "deleteUser", $"id: \"{admin}\""));

        Assert.Null(await ErrorOfAsync(app, "disableUser", $"id: \"{user}\""));
        Assert.Equal(401, (await app.AsAsync(token, "{ me { name } }")).Status);
        Assert.Equal("InvalidCredentialsError", (await app.LoginAsync("ada@northwharf.example")).ErrorType());
        Assert.Null(await ErrorOfAsync(app, "enableUser", $"id: \"{user}\""));
        Assert.Equal(401, (await app.AsAsync(token, "{ me { name } }")).Status);

        var reset = await app.QueryAsync($$"""mutation { resetUserPassword(input: { id: "{{user}}" }) { userCredentials { password } errors { __typename } } }""");
        Assert.Null((await app.LoginAsync("ada@northwharf.example", reset.Text("resetUserPassword.userCredentials.password")!)).ErrorType());

        Assert.Null(await ErrorOfAsync(app, "deleteUser", $"id: \"{user}\""));
        Assert.Equal("EntityNotFoundError", await ErrorOfAsync(app, "enableUser", $"id: \"{user}\""));
        var audit = await app.QueryAsync("""{ auditEntries(where: { action: { startsWith: "user." } }, order: [{ at: ASC }]) { nodes { action actor } } }""");
        Assert.Equal(
            ["user.created", "user.created", "user.role-changed", "user.disabled", "user.enabled", "user.password-changed", "user.disabled", "user.deleted"],
            audit.Texts("auditEntries.nodes", "action"));
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_have()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var admin = await app.AddUserAsync("root@northwharf.example", "ADMIN");
        var (_, key) = await app.AddKeyAsync("users:admin", "contacts:read", "deals:read", "analytics:read");
        const string CreateUser = "mutation($input: CreateUserInput!) { createUser(input: $input) { errors { __typename } } }";
        const string CreateKey = "mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { errors { __typename } } }";

        Assert.Null((await app.AsAsync(key, CreateUser, new { input = new { email = "v@northwharf.example", role = "VIEWER" } })).Body.At("data.createUser").ErrorType());
        Assert.Equal("BeyondOwnScopesError", (await app.AsAsync(key, CreateUser, new { input = new { email = "a@northwharf.example", role = "ADMIN" } })).Body.At("data.createUser").ErrorType());
        Assert.Equal("UserAlreadyExistsError", (await app.AsAsync(key, CreateUser, new { input = new { email = "V@northwharf.example", role = "VIEWER" } })).Body.At("data.createUser").ErrorType());
        Assert.Equal("ValidationFailedError", (await app.AsAsync(key, CreateKey, new { input = new { name = "x", scopes = new[] { "contacts:write" } } })).Body.At("data.createApiKey").ErrorType());
        Assert.Equal("ValidationFailedError", (await app.AsAsync(key, CreateKey, new { input = new { name = "x", scopes = new[] { "contacts:all" } } })).Body.At("data.createApiKey").ErrorType());
        var reset = await app.AsAsync(key, "mutation($id: ID!) { resetUserPassword(input: { id: $id }) { errors { __typename } } }", new { id = admin });
        Assert.Equal("BeyondOwnScopesError", reset.Body.At("data.resetUserPassword").ErrorType());
    }

    private static async Task<string?> ErrorOfAsync(LucitraApp app, string mutation, string input) =>
        (await app.QueryAsync($"mutation {{ {mutation}(input: {{ {input} }}) {{ errors {{ __typename }} }} }}")).GetProperty(mutation).ErrorType();
}
