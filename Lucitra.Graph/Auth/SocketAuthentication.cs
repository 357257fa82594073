using System.Text.Json;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Decides about a WebSocket by the credentials in its connection_init, for browsers cannot send headers with the upgrade:
/// <c>Authorization</c>, <c>X-Api-Key</c> or <c>apiKey</c>. Without any there, those of the upgrade request count.
/// </summary>
internal sealed class SocketAuthentication(CallerAuthentication authentication)
{
    public async ValueTask<bool> AuthenticateAsync(HttpContext context, JsonElement? payload, CancellationToken cancellationToken)
    {
        if (!TryReadCredentials(payload, out var apiKey, out var authorization))
            return false;
        if (apiKey is null && authorization is null)
            return context.User.Identity?.IsAuthenticated == true;
        if (await authentication.AuthenticateAsync(apiKey, authorization, CallerGate.AddressOf(context), cancellationToken) is not { } caller)
            return false;

        context.User = caller;
        return true;
    }

    // False when there are credentials that no text can be read from.
    private static bool TryReadCredentials(JsonElement? payload, out string? apiKey, out string? authorization)
    {
        (apiKey, authorization) = (null, null);
        if (payload is not { ValueKind: JsonValueKind.Object } members)
            return true;

        try
        {
            foreach (var member in members.EnumerateObject())
            {
                if (IsNamed(member, "apiKey") || IsNamed(member, "X-Api-Key"))
                    apiKey = member.Value.GetString();
                else if (IsNamed(member, "Authorization"))
                    authorization = member.Value.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // A number, say, or half of a surrogate pair.
            return false;
        }
    }

    private static bool IsNamed(JsonProperty member, string name) => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
