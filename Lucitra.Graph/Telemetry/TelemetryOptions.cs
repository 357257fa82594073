using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Telemetry;

/// <summary>Section <c>Telemetry</c>: what the server tells of itself.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// The form of the log: <c>Console</c> is for people, <c>CloudLogging</c> one JSON object a line as Google Cloud Logging and
    /// Error Reporting read them, without the messages of exceptions, which may quote what was being processed. <c>Auto</c>,
    /// the default, is CloudLogging on Cloud Run and in Production where no terminal is attached, otherwise Console.
    /// </summary>
    public LogForm Logs { get; set; } = LogForm.Auto;

    /// <summary>
    /// The share of requests that are logged among those answered with less than 400, from 0 to 1; every other is logged, and
    /// health checks never are. Default 1.
    /// </summary>
    [Range(0.0, 1.0)]
    public double RequestLogShare { get; set; } = 1;

    /// <summary>
    /// Whether traces and metrics are sent with the token of this process's Google service account, as
    /// <c>https://telemetry.googleapis.com</c> requires. Default false.
    /// </summary>
    public bool GoogleCredentials { get; set; }
}

/// <summary>The form of the log.</summary>
internal enum LogForm
{
    Auto,
    Console,
    CloudLogging,
}
