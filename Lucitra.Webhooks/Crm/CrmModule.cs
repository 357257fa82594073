using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Crm;

/// <summary>HubSpot's API. The host registers its context also as <see cref="Inbox.InboxDbContext"/> (scoped).</summary>
public static class CrmModule
{
    private const long MaxAnswerBytes = 64 * 1024 * 1024;

    /// <summary>Adds <see cref="HubSpotPortals"/>; comes after <see cref="WebhooksModule.AddWebhooks"/>.</summary>
    public static IServiceCollection AddHubSpotCrm(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(HubSpotApiOptions.Section);
        services.AddOptions<HubSpotApiOptions>()
            .Bind(section)
            .Configure(options => options.ClientSecrets = section.Get<HubSpotOptions>()?.ClientSecrets() ?? [])
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HubSpotApiOptions>, HubSpotApiOptionsValidation>();

        services.AddHttpClient(HubSpotHttp.ClientName, Configure)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            })
            .RemoveAllLoggers();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<HubSpotApiOptions>>().Value);
        services.AddSingleton<HubSpotApiMetrics>();
        services.AddSingleton<HubSpotHttp>();
        services.AddSingleton<RefreshTokenStore>();
        services.AddSingleton<PortalConnections>();
        services.AddSingleton(provider => new HubSpotPortals(
            provider.GetRequiredService<HubSpotApiOptions>(), provider.GetRequiredService<PortalConnections>()));
        return services;
    }

    private static void Configure(IServiceProvider provider, HttpClient client)
    {
        client.BaseAddress = new Uri(provider.GetRequiredService<HubSpotApiOptions>().ApiBaseUrl);
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxAnswerBytes;
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Lucitra");
    }
}
