using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Auth;

public sealed class SignInTests
{
    private const string Email = "ada@northwharf.example";

    [SkippableTheory, BothDatabases]
    public async Task A_session_goes_on_by_refresh_tokens_until_one_is_used_twice(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Auth:Tokens:ReuseGrace"] = "00:00:00" });
        await app.AddUserAsync(Email, "EDITOR");

        var login = await app.LoginAsync("ADA@northwharf.example");
        var other = await app.TokenOfAsync(Email);
        var renewed = await app.RenewAsync(login.Text("accessGrant.refreshToken")!);
        var access = renewed.Text("accessGrant.accessToken")!;
        Assert.Equal(200, (await app.AsAsync(access, "{ me { name } }")).Status);

        // Whoever used it first, one of the two is a thief.
        var stolen = await app.RenewAsync(login.Text("accessGrant.refreshToken")!);
        Assert.Equal("InvalidRefreshTokenError", stolen.ErrorType());
        Assert.Equal("InvalidRefreshTokenError", (await app.RenewAsync(renewed.Text("accessGrant.refreshToken")!)).ErrorType());
        Assert.Equal(401, (await app.AsAsync(access, "{ me { name } }")).Status);
        Assert.Equal(200, (await app.AsAsync(other, "{ me { name } }")).Status);
        Assert.Equal(["session.reused-token"], await ActionsAsync(app, "session."));
        Assert.False(await app.InDatabaseAsync(db => db.RefreshTokens.AnyAsync(token => token.Hash.Contains("lrt_"))));
    }

    [Fact]
    public async Task Two_tabs_may_renew_at_the_same_moment()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["Auth:Tokens:ReuseGrace"] = "00:01:00" });
        await app.AddUserAsync(Email, "VIEWER");
        var token = (await app.LoginAsync(Email)).Text("accessGrant.refreshToken")!;

        var tabs = await Task.WhenAll(app.RenewAsync(token), app.RenewAsync(token));

        Assert.All(tabs, tab => Assert.Null(tab.ErrorType()));
        Assert.NotEqual(tabs[0].Text("accessGrant.refreshToken"), tabs[1].Text("accessGrant.refreshToken"));
        Assert.Null((await app.RenewAsync(tabs[1].Text("accessGrant.refreshToken")!)).ErrorType());
    }

    [SkippableTheory, BothDatabases]
    public async Task Every_attempt_of_a_request_counts_and_unknown_accounts_answer_alike(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddUserAsync(Email, "VIEWER");
        foreach (var account in new[] { Email, "nobody@northwharf.example" })
        {
            // Two requests of a batch, with three and four attempts.
            var batch = new[] { Attempts(account, 3), Attempts(account, 4) };
            using var client = app.ClientAs(null);
            using var response = await client.PostAsJsonAsync("/graphql", batch);
            var answers = await response.Content.ReadFromJsonAsync<JsonElement>();
            var errors = answers.EnumerateArray()
                .SelectMany(answer => answer.GetProperty("data").EnumerateObject().Select(attempt => attempt.Value.ErrorType()));
            Assert.Equal(
                [.. Enumerable.Repeat("InvalidCredentialsError", SignInThrottle.MaxFailuresOfAccount), "SignInLockedError", "SignInLockedError"], errors);
        }

        // The right password changes nothing while the account is locked, here and for other servers.
        await using var second = await LucitraApp.StartAsync(app.Database);
        var locked = await second.LoginAsync(Email);
        Assert.Equal("SignInLockedError", locked.ErrorType());
        Assert.InRange(locked.At("errors.0.retryAfterSeconds").GetInt32(), 1, 30);
        Assert.Equal(2, (await ActionsAsync(app, "sign-in.locked")).Count);

        await app.InDatabaseAsync(db => db.SignInAttempts.ExecuteUpdateAsync(set => set.SetProperty(row => row.LockedUntil, (DateTime?)null)));
        Assert.Null((await app.LoginAsync(Email)).ErrorType());
    }

    [Fact]
    public async Task An_address_is_locked_whatever_the_accounts()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var throttle = new SignInThrottle(app.Services.GetService(typeof(IDbContextFactory<Lucitra.Graph.Database.LucitraDbContext>)) as IDbContextFactory<Lucitra.Graph.Database.LucitraDbContext> ?? throw new InvalidOperationException(), TimeProvider.System);
        for (var attempt = 0; attempt < SignInThrottle.MaxFailuresOfAddress; attempt++)
            Assert.Null((await throttle.TakeAsync($"user{attempt}@example.com", "192.0.2.7", CancellationToken.None)).LockedFor);

        Assert.NotNull((await throttle.TakeAsync("one.more@example.com", "192.0.2.7", CancellationToken.None)).LockedFor);
        Assert.Null((await throttle.TakeAsync("one.more@example.com", "192.0.2.8", CancellationToken.None)).LockedFor);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_everywhere_ends_all()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddUserAsync(Email, "VIEWER");
        var tokens = new[] { await app.TokenOfAsync(Email), await app.TokenOfAsync(Email), await app.TokenOfAsync(Email) };

        await app.AsAsync(tokens[0], "mutation { logout(input: {}) { signedOut { sessions } } }");
        Assert.Equal([401, 200, 200], await StatusesAsync(app, tokens));

        var everywhere = await app.AsAsync(tokens[1], "mutation { logoutEverywhere(input: { keepThis: true }) { signedOut { sessions } errors { __typename } } }");
        Assert.Equal(1, everywhere.Body.At("data.logoutEverywhere.signedOut.sessions").GetInt32());
        Assert.Equal([401, 200, 401], await StatusesAsync(app, tokens));

        var notHere = await app.QueryAsync("mutation { logoutEverywhere(input: {}) { errors { __typename } } }");
        Assert.Equal("NotSignedInHereError", notHere.GetProperty("logoutEverywhere").ErrorType());
    }

    [Fact]
    public async Task A_password_is_changed_with_the_old_one_and_ends_other_sessions()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddUserAsync(Email, "VIEWER");
        var tokens = new[] { await app.TokenOfAsync(Email), await app.TokenOfAsync(Email) };

        Assert.Equal("InvalidCredentialsError", await ChangeAsync("wrong", "eight golden forks"));
        Assert.Equal("ValidationFailedError", await ChangeAsync(Identities.Password, "short"));
        Assert.Equal("ValidationFailedError", await ChangeAsync(Identities.Password, "aaaaaaaaaaaaaaaa"));
        Assert.Null(await ChangeAsync(Identities.Password, "eight golden forks"));
        Assert.Equal([200, 401], await StatusesAsync(app, tokens));
        Assert.Equal("InvalidCredentialsError", (await app.LoginAsync(Email)).ErrorType());
        Assert.Null((await app.LoginAsync(Email, "eight golden forks")).ErrorType());

        async Task<string?> ChangeAsync(string currentPassword, string newPassword)
        {
            var answer = await app.AsAsync(
                tokens[0], "mutation($input: ChangePasswordInput!) { changePassword(input: $input) { errors { __typename } } }", new { input = new { currentPassword, newPassword } });
            return answer.Body.At("data.changePassword").ErrorType();
        }
    }

    [Fact]
    public async Task Cookies_let_browsers_in_with_the_header_that_other_sites_cannot_send()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddUserAsync(Email, "VIEWER");
        using var handler = new HttpClientHandler { UseCookies = false };
        using var browser = new HttpClient(handler) { BaseAddress = app.Address };

        using var login = await browser.PostAsJsonAsync("/api/v1/auth/login", new { email = Email, password = Identities.Password, cookies = true });
        var set = login.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, set.Count);
        Assert.All(set, cookie => Assert.Contains("; samesite=strict; httponly", cookie, StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, (await login.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").ValueKind);

        var cookies = string.Join("; ", set.Select(cookie => cookie.Split(';')[0]));
        Assert.Equal(401, await PostAsync(cookies, header: false));
        Assert.Equal(200, await PostAsync(cookies, header: true));
        Assert.Equal(200, await GetAsync(cookies));

        using var renew = Request("/api/v1/auth/refresh", cookies, header: true, new { });
        using var renewed = await browser.SendAsync(renew);
        Assert.Equal(200, (int)renewed.StatusCode);
        var next = string.Join("; ", renewed.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));

        using var logout = Request("/api/v1/auth/logout", next, header: true, new { });
        using var gone = await browser.SendAsync(logout);
        Assert.Equal(204, (int)gone.StatusCode);
        Assert.All(gone.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("expires=Thu, 01 Jan 1970", cookie, StringComparison.Ordinal));
        Assert.Equal(401, await PostAsync(next, header: true));

        async Task<int> PostAsync(string cookie, bool header)
        {
            using var request = Request("/graphql", cookie, header, new { query = "{ me { name } }" });
            using var response = await browser.SendAsync(request);
            return (int)response.StatusCode;
        }

        async Task<int> GetAsync(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/contacts");
            request.Headers.Add("Cookie", cookie);
            using var response = await browser.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    private static HttpRequestMessage Request(string path, string cookie, bool header, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Cookie", cookie);
        if (header)
            request.Headers.Add("GraphQL-Preflight", "1");
        return request;
    }

    private static object Attempts(string email, int count) => new
    {
        query = $"mutation {{ {string.Join(' ', Enumerable.Range(0, count).Select(number => $"a{number}: login(input: {{ email: \"{email}\", password: \"guess {number}\" }}) {{ errors {{ __typename }} }}"))} }}",
    };

    private static async Task<List<int>> StatusesAsync(LucitraApp app, string[] tokens)
    {
        var statuses = new List<int>();
        foreach (var token in tokens)
            statuses.Add((await app.AsAsync(token, "{ me { name } }")).Status);
        return statuses;
    }

    private static async Task<IReadOnlyList<string?>> ActionsAsync(LucitraApp app, string prefix)
    {
        var data = await app.QueryAsync("query($prefix: String) { auditEntries(where: { action: { startsWith: $prefix } }) { nodes { action } } }", new { prefix });
        return data.Texts("auditEntries.nodes", "action");
    }
}
