using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Npgsql;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Lucitra.Graph.Telemetry;

/// <summary>Traces and metrics by OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to whom. OpenTelemetry's other variables apply.</summary>
internal static class OtlpExport
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] _meters =
    [
        WebhooksModule.TelemetryName,
        GraphTelemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Net.Http",
        "System.Runtime",
    ];

    public static void AddOtlpExport(this IServiceCollection services, IConfiguration configuration, TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(configuration[Endpoint]))
            return;

        var service = ServiceIdentity.Of(configuration);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service.Name, serviceVersion: service.Version).AddEnvironmentVariableDetector())
            .WithTracing(tracing => Trace(tracing, configuration).AddOtlpExporter(export => Authorize(export, options)))
            .WithMetrics(metrics => metrics.AddMeter(_meters).AddOtlpExporter(export => Authorize(export, options)));
    }

    private static TracerProviderBuilder Trace(TracerProviderBuilder tracing, IConfiguration configuration)
    {
        tracing
            .AddSource(WebhooksModule.TelemetryName, GraphTelemetry.Name)
            .AddAspNetCoreInstrumentation(server => server.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
            .AddHttpClientInstrumentation()
            .AddProcessor(new SpanScrubber());

        // Npgsql traces by itself, SQLite does not.
        var database = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        return database.Provider == DatabaseProvider.Postgres ? tracing.AddNpgsql() : tracing.AddEntityFrameworkCoreInstrumentation();
    }

    private static void Authorize(OtlpExporterOptions export, TelemetryOptions options)
    {
        if (options.GoogleCredentials)
            export.HttpClientFactory = () => new HttpClient(new GoogleToken()) { Timeout = TimeSpan.FromMilliseconds(export.TimeoutMilliseconds) };
    }
}
