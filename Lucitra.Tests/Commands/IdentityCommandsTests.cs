using Lucitra.Tests.Support;

namespace Lucitra.Tests.Commands;

public sealed class IdentityCommandsTests
{
    [Fact]
    public async Task Commands_make_users_and_keys_and_say_what_is_wrong()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var settings = LucitraServer.SettingsFor(app.Database);

        var user = await LucitraServer.RunAsync(settings, "create-user", "--email", "ada@northwharf.example", "--role", "editor");
        var key = await LucitraServer.RunAsync(settings, "create-api-key", "--name", "ci", "--scopes", "deals:read,analytics:read");
        var wrong = await LucitraServer.RunAsync(settings, "create-api-key", "--name", "ci", "--scopes", "everything");

        Assert.Equal((0, 0, 1), (user.ExitCode, key.ExitCode, wrong.ExitCode));
        var password = user.Output.Split("Password: ")[1].Split(' ')[0];
        Assert.Null((await app.LoginAsync("ada@northwharf.example", password)).ErrorType());
        var me = await app.AsAsync(key.Output.Trim(), "{ me { scopes } }");
        Assert.Equal("""["deals:read","analytics:read"]""", me.Body.At("data.me.scopes").GetRawText());
        Assert.Contains("'everything' is no scope", wrong.Output, StringComparison.Ordinal);
    }
}
