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

    private const string Timeout = "OTEL_EXPORTER_OTLP_TIMEOUT";

    // What is left is sent at the end, traces and metrics in turn: with OpenTelemetry's ten seconds a collector that does not
    // answer would outlast the time that Cloud Run leaves a process.
    private const int TimeoutMilliseconds = 3_000;

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
        services.Configure<OtlpExporterOptions>(export => Configure(export, configuration, options));
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service.Name, serviceVersion: service.Version).AddEnvironmentVariableDetector())
            .WithTracing(tracing => Trace(tracing, configuration).AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(_meters).AddOtlpExporter());
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

    private static void Configure(OtlpExporterOptions export, IConfiguration configuration, TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(configuration[Timeout]))
            export.TimeoutMilliseconds = TimeoutMilliseconds;
        if (options.GoogleCredentials)
            export.HttpClientFactory = () => new HttpClient(new GoogleToken()) { Timeout = TimeSpan.FromMilliseconds(export.TimeoutMilliseconds) };
    }
}
