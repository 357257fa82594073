using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class OAuthCredentialsTests
{
    private const string ConfiguredToken = "na1-configured-refresh-token";
    private const string ReturnedToken = "na1-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    private const string Secret = "9f1c7a52-client-secret";

    [SkippableTheory, BothDatabases]
    public async Task Fifty_calls_at_a_time_refresh_the_token_once(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var portal = Connect(database);
        portal.HubSpot.Otherwise = (call, _) => Task.FromResult(ApiAnswer.Of(IsRefresh(call) ? "oauth-token-200" : "contact-get"));

        await portal.PassTimeAsync(Task.WhenAll(Enumerable.Range(0, 50).Select(_ => portal.ReadAsync())));

        var refresh = Assert.Single(portal.HubSpot.Calls, IsRefresh);
        Assert.Equal($"grant_type=refresh_token&client_id=app-id&client_secret={Secret}&refresh_token={ConfiguredToken}", refresh.Body);
        Assert.Null(refresh.Authorization);
        Assert.All(portal.HubSpot.Calls.Where(call => !IsRefresh(call)), call => Assert.Equal("Bearer FAKEACCESSTOKEN", call.Authorization));
        Assert.All(portal.Log.All, line => Assert.DoesNotContain("FAKEACCESSTOKEN", line, StringComparison.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_refresh_token_that_hubspot_returned_survives_a_restart(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        Assert.Contains(ConfiguredToken, await RefreshOnceAsync(database), StringComparison.Ordinal);

        Assert.Contains(ReturnedToken, await RefreshOnceAsync(database), StringComparison.Ordinal);

        // After one start with both secrets the old one may leave the settings.
        Assert.Contains(ReturnedToken, await RefreshOnceAsync(database, ("HubSpot:ClientSecret", $"new-secret,{Secret}")), StringComparison.Ordinal);
        Assert.Contains(ReturnedToken, await RefreshOnceAsync(database, ("HubSpot:ClientSecret", "new-secret")), StringComparison.Ordinal);
        await using var db = Open(database);
        var row = await db.HubSpotTokens.SingleAsync();
        Assert.DoesNotContain(ReturnedToken, System.Text.Encoding.UTF8.GetString(row.Ciphertext), StringComparison.Ordinal);
        Assert.Null(TokenCipher.Decrypt(row.Ciphertext, row.PortalId, [Secret]));
        Assert.Null(TokenCipher.Decrypt(row.Ciphertext, row.PortalId + 1, ["new-secret"]));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_newly_configured_refresh_token_goes_before_the_stored_one(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await RefreshOnceAsync(database);

        Assert.Contains("connected-again", await RefreshOnceAsync(database, ("HubSpot:Portals:0:RefreshToken", "connected-again")), StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_stored_token_that_no_secret_opens_gives_way_to_the_configured_one(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await RefreshOnceAsync(database);

        Assert.Contains(ConfiguredToken, await RefreshOnceAsync(database, ("HubSpot:ClientSecret", "all-new")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_expires()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Otherwise = (call, _) => Task.FromResult(ApiAnswer.Of(IsRefresh(call) ? "oauth-token-200" : "contact-get"));
        await portal.ReadAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(24));
        await portal.ReadAsync();
        Assert.Single(portal.HubSpot.Calls, IsRefresh);

        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await portal.ReadAsync();

        Assert.Equal(2, portal.HubSpot.Calls.Count(IsRefresh));
    }

    [Fact]
    public async Task A_refused_access_token_is_replaced_once_and_then_the_account_is_left_alone()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Otherwise = (call, _) => Task.FromResult(ApiAnswer.Of(IsRefresh(call) ? "oauth-token-200" : "error-401"));

        Assert.Equal(HubSpotErrorKind.Unauthorized, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
        await portal.FailureOfAsync(portal.ReadAsync());

        Assert.Equal(2, portal.HubSpot.Calls.Count(IsRefresh));
        Assert.Equal(4, portal.HubSpot.Calls.Count);
    }

    [Fact]
    public async Task An_access_token_that_was_revoked_early_is_replaced_without_anybody_noticing()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Answer("oauth-token-200", "error-401", "oauth-token-200", "contact-get");

        Assert.NotNull(await portal.PassTimeAsync(portal.ReadAsync()));
    }

    [Theory]
    [InlineData("oauth-token-400-revoked")]
    [InlineData("contact-get-404")]
    public async Task A_revoked_consent_breaks_the_connection_and_is_reported_once_without_the_token(string refusal)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Answer(refusal);

        var fault = await portal.FailureOfAsync(portal.ReadAsync());
        await portal.FailureOfAsync(portal.ReadAsync());

        Assert.Equal((HubSpotErrorKind.Unauthorized, false), (fault.Kind, fault.IsTransient));
        Assert.Single(portal.HubSpot.Calls);
        Assert.Single(portal.Log.Errors, line => line.Contains("connect it again", StringComparison.Ordinal));
        string[] secrets = [ConfiguredToken, Secret];
        Assert.All(portal.Log.All.Append(fault.ToString()), text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_consent_of_another_account_is_not_used()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"access_token":"x","expires_in":1800,"hub_id":7}"""));

        Assert.Equal(HubSpotErrorKind.Unauthorized, (await portal.FailureOfAsync(portal.ReadAsync())).Kind);
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task A_token_server_that_is_down_is_tried_again()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var portal = Connect(database);
        portal.HubSpot.Answer("error-502", "oauth-token-200", "contact-get");

        Assert.NotNull(await portal.PassTimeAsync(portal.ReadAsync()));
    }

    /// <summary>Connects anew and gives the form of the refresh.</summary>
    private static async Task<string> RefreshOnceAsync(TestDatabase database, params (string, string?)[] settings)
    {
        await using var portal = Connect(database, settings);
        portal.HubSpot.Answer("oauth-token-200", "contact-get");
        await portal.PassTimeAsync(portal.ReadAsync());
        Assert.Empty(portal.Log.Errors);
        return portal.HubSpot.Calls[0].Body;
    }

    private static CrmPortal Connect(TestDatabase database, params (string, string?)[] settings) => new(
        () => Open(database),
        [
            ("HubSpot:AccessToken", ""),
            ("HubSpot:PortalId", null),
            ("HubSpot:ClientId", "app-id"),
            ("HubSpot:ClientSecret", Secret),
            ("HubSpot:Portals:0:PortalId", $"{CrmPortal.PortalId}"),
            ("HubSpot:Portals:0:RefreshToken", ConfiguredToken),
            .. settings,
        ]);

    private static InboxDbContext Open(TestDatabase database) => database.Provider == TestDatabase.Postgres
        ? new PostgresDbContext(new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql(database.ConnectionString).Options)
        : new SqliteDbContext(new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite(database.ConnectionString).Options);

    private static bool IsRefresh(ReceivedCall call) => call.Line == "POST /oauth/v1/token";
}
