namespace Lucitra.Webhooks.Crm;

/// <summary>What proves to HubSpot that an account may be called.</summary>
internal interface IPortalCredentials
{
    ValueTask<string> TokenAsync(CancellationToken cancellationToken);

    /// <summary>Gives up a token that HubSpot has refused; true where there may be another.</summary>
    bool Discard(string token);
}
