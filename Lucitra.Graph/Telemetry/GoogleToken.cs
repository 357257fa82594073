using System.Net.Http.Headers;
using Google.Apis.Auth.OAuth2;

namespace Lucitra.Graph.Telemetry;

/// <summary>Brings the token of this process's Google service account to every call.</summary>
internal sealed class GoogleToken() : DelegatingHandler(new SocketsHttpHandler())
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    private readonly Lazy<Task<GoogleCredential>> _credential = new(async () =>
        (await GoogleCredential.GetApplicationDefaultAsync()).CreateScoped(Scope));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await AuthorizeAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    // The exporter calls from a thread of its own that has nothing else to do.
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        AuthorizeAsync(request, cancellationToken).GetAwaiter().GetResult();
        return base.Send(request, cancellationToken);
    }

    private async Task AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ITokenAccessWithHeaders credential = await _credential.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        var token = await credential.GetAccessTokenWithHeadersForRequestAsync(request.RequestUri!.AbsoluteUri, cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
        foreach (var (name, values) in token.Headers)
            request.Headers.TryAddWithoutValidation(name, values);
    }
}
