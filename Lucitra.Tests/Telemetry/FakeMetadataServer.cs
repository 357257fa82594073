using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Telemetry;

/// <summary>The server that tells a process on Google Cloud who it is.</summary>
internal sealed class FakeMetadataServer : IAsyncDisposable
{
    public const string Token = "ya29.token-of-the-service-account";

    private readonly WebApplication _app;

    private FakeMetadataServer(WebApplication app) => _app = app;

    public string Host => new Uri(_app.Urls.Single()).Authority;

    public static async Task<FakeMetadataServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            context.Response.Headers["Metadata-Flavor"] = "Google";
            await next(context);
        });
        app.MapGet("/", () => "");
        app.MapGet("/computeMetadata/v1/instance/service-accounts/default/token", () => Results.Json(new { access_token = Token, expires_in = 3600, token_type = "Bearer" }));
        app.MapGet("/computeMetadata/v1/instance/service-accounts/default/email", () => "lucitra@project.iam.gserviceaccount.com");
        app.MapGet("/computeMetadata/v1/universe/universe-domain", () => "googleapis.com");
        await app.StartAsync();
        return new FakeMetadataServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
