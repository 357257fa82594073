namespace Lucitra.Webhooks.Crm;

/// <summary>The access token of a private app: valid until somebody replaces it.</summary>
internal sealed class PrivateAppCredentials(string accessToken) : IPortalCredentials
{
    public ValueTask<string> TokenAsync(CancellationToken cancellationToken) => ValueTask.FromResult(accessToken);

    public bool Discard(string token) => false;
}
