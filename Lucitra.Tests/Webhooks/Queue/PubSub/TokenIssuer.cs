using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Makes tokens as Google does for push subscriptions, and publishes its key.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private TokenIssuer(WebApplication app) => _app = app;

    public string CertificatesUrl => $"{_app.Urls.Single()}/certs";

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        var key = issuer._key.ExportParameters(includePrivateParameters: false);
        issuer._app.MapGet("/certs", () => Results.Json(new
        {
            keys = new[] { new { kid = "test", kty = "RSA", alg = "RS256", use = "sig", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } },
        }));
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token, signed with the published key or with <paramref name="key"/>.</summary>
    public string Token(string audience, string email, bool isVerified = true, int expiresInSeconds = 3600, string issuer = "https://accounts.google.com", RSA? key = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new { iss = issuer, aud = audience, email, email_verified = isVerified, sub = "1234", azp = "1234", iat = now + expiresInSeconds - 3600, exp = now + expiresInSeconds };
        var signed = $"{Encode(new { alg = "RS256", kid = "test", typ = "JWT" })}.{Encode(claims)}";
        var signature = (key ?? _key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string Encode<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
