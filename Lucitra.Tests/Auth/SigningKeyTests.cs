using Lucitra.Graph.Auth;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Auth;

public sealed class SigningKeyTests
{
    private static readonly CancellationToken _none = CancellationToken.None;

    [SkippableTheory, BothDatabases]
    public async Task Keys_follow_each_other_and_tokens_of_both_are_good_meanwhile(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-26T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
        using var first = KeysOf(app, clock);
        using var second = KeysOf(app, clock);
        var here = TokensOf(first, clock);
        var there = TokensOf(second, clock);

        var old = await IssueAsync(here, clock);
        Assert.NotNull(await there.SessionOfAsync(old, _none));

        // Shortly before it ends the next key is published, and does not sign yet.
        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(5));
        var late = await IssueAsync(here, clock);
        Assert.Null(await here.SessionOfAsync(old, _none));
        Assert.Equal(KidOf(old), KidOf(late));
        Assert.Equal(2, (await first.PublishedAsync(_none)).Count);

        clock.Advance(TimeSpan.FromMinutes(6));
        var next = await IssueAsync(there, clock);
        Assert.NotEqual(KidOf(late), KidOf(next));
        Assert.NotNull(await here.SessionOfAsync(late, _none));
        Assert.NotNull(await here.SessionOfAsync(next, _none));

        clock.Advance(TimeSpan.FromHours(1));
        await IssueAsync(there, clock);
        Assert.Null(await here.SessionOfAsync(next, _none));
        Assert.Equal([KidOf(next)], (await first.PublishedAsync(_none)).Select(key => key.Kid));
        Assert.All(await first.PublishedAsync(_none), key => Assert.Null(key.D));
    }

    [Fact]
    public async Task Private_keys_are_encrypted_and_another_one_signs_where_the_secret_is_lost()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var sealedKeys = KeysOf(app, TimeProvider.System, new string('s', 32));
        var token = await IssueAsync(TokensOf(sealedKeys, TimeProvider.System), TimeProvider.System);
        var row = await app.InDatabaseAsync(db => db.SigningKeys.SingleAsync());
        Assert.True(row.IsEncrypted);
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => System.Security.Cryptography.ECDsa.Create().ImportPkcs8PrivateKey(row.PrivateKey, out _));

        using var rotated = KeysOf(app, TimeProvider.System, $"{new string('n', 32)},{new string('s', 32)}");
        Assert.Equal(KidOf(token), KidOf(await IssueAsync(TokensOf(rotated, TimeProvider.System), TimeProvider.System)));

        using var lost = KeysOf(app, TimeProvider.System, new string('l', 32));
        var tokens = TokensOf(lost, TimeProvider.System);
        Assert.NotEqual(KidOf(token), KidOf(await IssueAsync(tokens, TimeProvider.System)));
        Assert.NotNull(await tokens.SessionOfAsync(token, _none));
    }

    [Fact]
    public async Task A_token_that_was_changed_or_signed_otherwise_is_not_good()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var keys = KeysOf(app, TimeProvider.System);
        var tokens = TokensOf(keys, TimeProvider.System);
        var token = await IssueAsync(tokens, TimeProvider.System);
        var parts = token.Split('.');

        Assert.NotNull(await tokens.SessionOfAsync(token, _none));
        Assert.Null(await tokens.SessionOfAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", _none));
        Assert.Null(await tokens.SessionOfAsync($"{parts[0]}.{parts[1]}.", _none));
        var none = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"none","typ":"at+jwt","kid":"{{KidOf(token)}}"}"""));
        Assert.Null(await tokens.SessionOfAsync($"{none}.{parts[1]}.", _none));
        Assert.Null(await tokens.SessionOfAsync("not.a.token", _none));
    }

    private static SigningKeys KeysOf(LucitraApp app, TimeProvider clock, string secret = "") => new(
        app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(),
        Options.Create(new AuthOptions { Tokens = new() { EncryptionSecret = secret } }),
        clock,
        NullLogger<SigningKeys>.Instance);

    private static AccessTokens TokensOf(SigningKeys keys, TimeProvider clock) => new(keys, Options.Create(new AuthOptions()), clock);

    private static async Task<string> IssueAsync(AccessTokens tokens, TimeProvider clock)
    {
        var user = new User { Id = Guid.CreateVersion7(clock.GetUtcNow()), Email = "ada@northwharf.example", PasswordHash = "" };
        var session = new Session { Id = Guid.CreateVersion7(clock.GetUtcNow()), UserId = user.Id, ExpiresAt = clock.GetUtcNow().UtcDateTime.AddDays(90) };
        return tokens.Issue(session, user, await tokens.SignerAsync(_none)).Token;
    }

    private static string KidOf(string token) => new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Kid;
}
