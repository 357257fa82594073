using System.Diagnostics;
using Lucitra.Graph.Startup;
using Sentry.Protocol;

namespace Lucitra.Graph.Telemetry;

/// <summary>Errors for Sentry: what is logged as an error, and what nobody caught, with everything left out that may tell of a person.</summary>
internal static class ErrorReports
{
    public static void AddErrorReports(this WebApplicationBuilder builder)
    {
        var dsn = builder.Configuration.GetSection(ErrorReportOptions.Section).Get<ErrorReportOptions>()?.Dsn ?? "";
        if (dsn.Length == 0)
            return;
        if (!Uri.TryCreate(dsn, UriKind.Absolute, out var address) || address.UserInfo.Length == 0 || !address.Scheme.StartsWith("http", StringComparison.Ordinal))
            throw new InvalidSettingException("Sentry:Dsn is no DSN. Set Sentry__Dsn to the one of the project's settings at Sentry, such as https://key@o1.ingest.sentry.io/2, or leave it empty.");

        var service = ServiceIdentity.Of(builder.Configuration);
        builder.WebHost.UseSentry(sentry =>
        {
            sentry.Dsn = dsn;
            sentry.Environment = builder.Environment.EnvironmentName.ToLowerInvariant();
            sentry.Release = $"lucitra@{service.Version}";
            sentry.ServerName = service.Name;
            sentry.SendDefaultPii = false;
            sentry.MaxRequestBodySize = Sentry.Extensibility.RequestSize.None;
            sentry.MaxBreadcrumbs = 0;
            sentry.AutoSessionTracking = false;
            sentry.CaptureFailedRequests = false;
            sentry.DisableSentryHttpMessageHandler = true;
            sentry.TracesSampleRate = null;
            sentry.ShutdownTimeout = TimeSpan.FromSeconds(2);
            sentry.SetBeforeSend(Scrub);
        });
    }

    // What is not known to be harmless is left out: requests, callers, fields of messages, and what exceptions carry along.
    private static SentryEvent Scrub(SentryEvent report)
    {
        var clean = new SentryEvent
        {
            Level = report.Level,
            Logger = report.Logger,
            Message = Scrub(report.Message, report.Logger),
            Platform = report.Platform,
            Release = report.Release,
            Environment = report.Environment,
            ServerName = report.ServerName,
            SentryExceptions = report.SentryExceptions?.Select(Scrub).ToList(),
            SentryThreads = report.SentryThreads,
        };
        if (Activity.Current is { } activity)
            clean.SetTag("trace_id", activity.TraceId.ToHexString());
        return clean;
    }

    // The server's own messages name no person; of those of libraries only the template is known to.
    private static SentryMessage? Scrub(SentryMessage? message, string? logger) => message?.Message is not { } template ? null : new()
    {
        Message = template,
        Formatted = logger?.StartsWith("Lucitra.", StringComparison.Ordinal) == true ? message.Formatted : null,
    };

    private static SentryException Scrub(SentryException fault) => new()
    {
        Type = fault.Type,
        Value = "[message withheld]",
        Module = fault.Module,
        ThreadId = fault.ThreadId,
        Stacktrace = fault.Stacktrace,
    };
}
