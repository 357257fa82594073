using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>HubSpot's exchange of refresh tokens for access tokens. It counts against no limit.</summary>
internal sealed class OAuthTokens(HubSpotHttp http, HubSpotApiOptions options)
{
    public const string Operation = "oauth.token";

    /// <summary>
    /// Fails with <see cref="HubSpotErrorKind.Unauthorized"/> where HubSpot does not know the token, the app or the account any more.
    /// </summary>
    public async Task<GrantedTokens> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Api.Paths.Token);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecrets[0],
            ["refresh_token"] = refreshToken,
        });
        try
        {
            return (await http.SendAsync(new HubSpotCall(Operation, HttpMethod.Post, options.Api.Paths.Token), request, cancellationToken))
                .Read<GrantedTokens>();
        }
        catch (HubSpotApiException fault) when (fault.Kind is HubSpotErrorKind.Validation or HubSpotErrorKind.MissingScopes or HubSpotErrorKind.NotFound)
        {
            throw new HubSpotApiException(HubSpotErrorKind.Unauthorized, Operation, fault)
            {
                Status = fault.Status,
                CorrelationId = fault.CorrelationId,
            };
        }
    }
}

/// <summary>HubSpot's answer to a refresh token.</summary>
internal sealed record GrantedTokens(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken = null,
    [property: JsonPropertyName("hub_id")] long? HubId = null);
