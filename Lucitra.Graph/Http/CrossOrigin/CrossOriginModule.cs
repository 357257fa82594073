using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.CrossOrigin;

/// <summary>Lets web pages of other origins call the API, where settings say so.</summary>
internal static class CrossOriginModule
{
    public static IServiceCollection AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CrossOriginOptions>().Bind(configuration.GetSection(CrossOriginOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, options) => cors.AddDefaultPolicy(PolicyOf(options.Value)));
        return services;
    }

    /// <summary>Before callers are asked who they are: a browser's preflight has no credentials.</summary>
    public static void UseCrossOrigin(this WebApplication app) => app.UseWhen(ApiPaths.Contain, api => api.UseCors());

    private static CorsPolicy PolicyOf(CrossOriginOptions options)
    {
        var policy = new CorsPolicyBuilder(options.AllowedOrigins)
            .AllowAnyHeader()
            .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
            .WithExposedHeaders("ETag", "Link", "Location", "Allow", "Retry-After", "RateLimit", "RateLimit-Policy")
            .SetPreflightMaxAge(options.PreflightMaxAge);
        return (options.AllowCredentials ? policy.AllowCredentials() : policy).Build();
    }
}
