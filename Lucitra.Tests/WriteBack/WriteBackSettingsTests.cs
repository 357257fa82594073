using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.WriteBack;

public sealed class WriteBackSettingsTests
{
    [Theory]
    [InlineData(false, 0, null, null)]
    [InlineData(true, 1, null, null)]
    [InlineData(true, 2, 1L, null)]
    [InlineData(true, 0, null, "HubSpot:AccessToken")]
    [InlineData(true, 2, null, "HubSpot:WriteBack:PortalId")]
    public void A_sender_needs_credentials_and_one_account_for_new_records(bool isOn, int accounts, long? portalId, string? missing)
    {
        var api = new HubSpotApiOptions { Portals = [.. Enumerable.Range(1, accounts).Select(id => new HubSpotPortalOptions { PortalId = id })] };

        var result = new WriteBackValidation(Options.Create(api)).Validate(null, new WriteBackOptions { Enabled = isOn, PortalId = portalId });

        Assert.Equal(missing is not null, result.Failed);
        if (missing is not null)
            Assert.Contains(missing, result.FailureMessage, StringComparison.Ordinal);
    }
}
