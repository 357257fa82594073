namespace Lucitra.Graph.Telemetry;

/// <summary>Section <c>Sentry</c>: where errors are reported, besides the log.</summary>
internal sealed class ErrorReportOptions
{
    public const string Section = "Sentry";

    /// <summary>
    /// The DSN of a Sentry project, such as <c>https://key@o1.ingest.sentry.io/2</c>: errors are sent there, without request
    /// bodies, headers, query strings, callers, and messages of exceptions. Default: empty, nothing is sent.
    /// </summary>
    public string Dsn { get; set; } = "";
}
