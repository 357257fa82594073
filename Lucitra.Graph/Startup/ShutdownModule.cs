using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Startup;

/// <summary>How the server stops without anybody losing anything.</summary>
internal static class ShutdownModule
{
    public static IServiceCollection AddShutdown(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ShutdownOptions>()
            .Bind(configuration.GetSection(ShutdownOptions.Section))
            .ValidateDataAnnotations()
            .Validate(options => options.Deadline > options.DrainDelay, "Shutdown:Deadline is not above Shutdown:DrainDelay, and nothing would be finished.")
            .ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) =>
        {
            host.ShutdownTimeout = shutdown.Value.Deadline - shutdown.Value.DrainDelay;

            // A worker gives back what it holds while requests are finished, not after them.
            host.ServicesStopConcurrently = true;
        });
        services.AddSingleton<Departure>();
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        return services;
    }

    /// <summary>Has callers connect anew, and thus elsewhere, once this process leaves.</summary>
    public static void UseDeparture(this WebApplication app)
    {
        var departure = app.Services.GetRequiredService<Departure>();
        app.Use((context, next) =>
        {
            if (departure.HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol) && !context.WebSockets.IsWebSocketRequest)
                context.Response.Headers.Connection = "close";
            return next(context);
        });
    }
}
