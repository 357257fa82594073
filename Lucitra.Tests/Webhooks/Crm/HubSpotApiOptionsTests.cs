using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class HubSpotApiOptionsTests
{
    [Theory]
    [InlineData("HubSpot:ApiBaseUrl", "api.hubapi.com", "HubSpot__ApiBaseUrl")]
    [InlineData("HubSpot:ApiBaseUrl", "http://api.hubapi.com", "HubSpot__ApiBaseUrl")]
    [InlineData("HubSpot:ApiBaseUrl", "https://api.hubapi.com/crm", "HubSpot__ApiBaseUrl")]
    [InlineData("HubSpot:AccessToken", "pat-eu1-secret\n", "HubSpot__AccessToken")]
    [InlineData("HubSpot:AccessToken", "", "HubSpot__PortalId")]
    [InlineData("HubSpot:PortalId", "-1", "PortalId")]
    [InlineData("HubSpot:Portals:0:AccessToken", "pat-eu1-secret", "HubSpot__Portals__0__PortalId")]
    [InlineData("HubSpot:Portals:0:PortalId", "7", "HubSpot__Portals__0__RefreshToken")]
    [InlineData("HubSpot:Portals:0:PortalId", "21478362", "portal 21478362 more than once")]
    [InlineData("HubSpot:Portals:0:RefreshToken", "secret", "HubSpot__ClientId")]
    [InlineData("HubSpot:Portals:0:RefreshToken", "secret", "HubSpot__ClientSecret")]
    [InlineData("HubSpot:Api:LimitShare", "0", "LimitShare")]
    [InlineData("HubSpot:Api:MaxParallelCalls", "0", "MaxParallelCalls")]
    [InlineData("HubSpot:Api:Paths:Objects", "crm/v3/objects/", "Objects")]
    public void A_setting_that_cannot_work_is_refused_by_name_and_no_token_is_quoted(string setting, string value, string named)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => new CrmPortal((setting, value)));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("https://api-eu1.hubapi.com")]
    public async Task Https_and_loopback_addresses_are_fine(string address)
    {
        await using var portal = new CrmPortal(("HubSpot:ApiBaseUrl", address));

        Assert.True(portal.Portals.IsConfigured);
    }

    [Fact]
    public async Task Every_listed_portal_is_an_account_of_its_own()
    {
        await using var portal = new CrmPortal(("HubSpot:Portals:0:PortalId", "7"), ("HubSpot:Portals:0:AccessToken", "pat-eu1-seven"));
        portal.HubSpot.AnswerAlways("contact-get");

        await portal.Portals.Find(7)!.ReadAsync("contact", "1", [], archived: false, HubSpotCallPriority.Live, default);

        Assert.Equal("Bearer pat-eu1-seven", portal.HubSpot.Calls.Single().Authorization);
        Assert.Equal([7, CrmPortal.PortalId], (await portal.Portals.AllAsync(default)).Select(client => client.PortalId));
    }
}
