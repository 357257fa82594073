using Microsoft.IdentityModel.Tokens;

namespace Lucitra.Graph.Auth.Tokens;

/// <summary><c>/.well-known/jwks.json</c>: the public keys that access tokens are checked with (RFC 7517).</summary>
internal static class PublishedKeys
{
    public static void MapPublishedKeys(this IEndpointRouteBuilder routes) => routes
        .MapGet("/.well-known/jwks.json", async (HttpContext context, SigningKeys keys) =>
        {
            // A key is published for longer than this before it signs.
            context.Response.Headers.CacheControl = "public, max-age=300";
            var published = await keys.PublishedAsync(context.RequestAborted);
            return Results.Json(new { keys = published.Select(Shown) });
        })
        .AllowAnonymous();

    private static object Shown(JsonWebKey key) => new { kty = key.Kty, use = key.Use, crv = key.Crv, kid = key.Kid, x = key.X, y = key.Y, alg = key.Alg };
}
