using Google.Apis.Auth.OAuth2;
using Grpc.Core;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>The identity this process has at Google, and the token it brings to every call.</summary>
internal sealed class GoogleAccess
{
    private const string Scope = "https://www.googleapis.com/auth/pubsub";

    private readonly Lazy<Task<GoogleCredential>> _credential = new(async () =>
        (await GoogleCredential.GetApplicationDefaultAsync()).CreateScoped(Scope));

    /// <summary>Finds the credential. Throws <see cref="InvalidOperationException"/> where there is none.</summary>
    public Task FindAsync() => _credential.Value;

    public CallCredentials ForCalls() => CallCredentials.FromInterceptor(async (context, metadata) =>
    {
        ITokenAccessWithHeaders credential = await _credential.Value;
        var token = await credential.GetAccessTokenWithHeadersForRequestAsync(context.ServiceUrl, context.CancellationToken);
        metadata.Add("authorization", $"Bearer {token.AccessToken}");
        foreach (var (name, values) in token.Headers)
        {
            foreach (var value in values)
                metadata.Add(name.ToLowerInvariant(), value);
        }
    });
}
