using System.ComponentModel.DataAnnotations;
using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>Section <c>HubSpot:WriteBack</c>: whether what is written here goes to HubSpot.</summary>
internal sealed class WriteBackOptions
{
    public const string Section = "HubSpot:WriteBack";

    /// <summary>
    /// Whether contacts, deals and links that callers of this server write are written to HubSpot too. Default false. All
    /// processes on one database need the same value; the role <c>Worker</c> sends, and needs credentials for the accounts.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The account in which records that are made here are created. Null by default: the only one that there are
    /// credentials for. Needed where there are several.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? PortalId { get; set; }
}

/// <summary>What the role that sends needs besides.</summary>
internal sealed class WriteBackValidation(IOptions<HubSpotApiOptions> api) : IValidateOptions<WriteBackOptions>
{
    public ValidateOptionsResult Validate(string? name, WriteBackOptions options)
    {
        if (!options.Enabled)
            return ValidateOptionsResult.Success;

        var accounts = api.Value.Portals.Count + (api.Value.AccessToken.Length > 0 ? 1 : 0);
        return (accounts, options.PortalId) switch
        {
            (0, _) => ValidateOptionsResult.Fail("HubSpot:WriteBack:Enabled needs credentials: set HubSpot:AccessToken or HubSpot:Portals."),
            ( > 1, null) => ValidateOptionsResult.Fail("HubSpot:WriteBack:PortalId is needed where there are credentials for several accounts: new records are created in that one."),
            _ => ValidateOptionsResult.Success,
        };
    }
}
