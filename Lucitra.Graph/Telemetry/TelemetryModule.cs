using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Lucitra.Graph.Telemetry;

/// <summary>What the server tells of itself: logs, traces, metrics and reports of errors.</summary>
internal static class TelemetryModule
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(TelemetryOptions.Section);
        builder.Services.AddOptions<TelemetryOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        var options = section.Get<TelemetryOptions>() ?? new TelemetryOptions();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RequestLog>();
        builder.Logging.AddConsoleFormatter<CloudLoggingFormatter, ConsoleFormatterOptions>();
        if (IsForCloudLogging(options.Logs, builder))
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = CloudLoggingFormatter.FormatterName);

        builder.Services.AddOtlpExport(builder.Configuration, options);
        builder.AddErrorReports();
    }

    private static bool IsForCloudLogging(LogForm form, WebApplicationBuilder builder) => form switch
    {
        LogForm.Auto => builder.Configuration["K_SERVICE"] is { Length: > 0 }
            || builder.Configuration["CLOUD_RUN_JOB"] is { Length: > 0 }
            || (builder.Environment.IsProduction() && Console.IsOutputRedirected),
        _ => form == LogForm.CloudLogging,
    };
}
