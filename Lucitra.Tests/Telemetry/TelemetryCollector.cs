using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Lucitra.Tests.Telemetry.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Telemetry;

/// <summary>Takes on loopback what a server emits: traces and metrics by OTLP, and the envelopes of Sentry.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body, string? Authorization)> _received = new();

    private TelemetryCollector(WebApplication app) => _app = app;

    /// <summary>The settings of a server that exports traces and metrics here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
    };

    public string SentryDsn => _app.Urls.Single().Replace("http://", "http://key@", StringComparison.Ordinal) + "/42";

    public IEnumerable<Span> Spans =>
        Bodies("/v1/traces").SelectMany(body => TraceExport.Parser.ParseFrom(body).ResourceSpans).SelectMany(one => one.ScopeSpans).SelectMany(one => one.Spans);

    public IEnumerable<Metric> Metrics =>
        Bodies("/v1/metrics").SelectMany(body => MetricExport.Parser.ParseFrom(body).ResourceMetrics).SelectMany(one => one.ScopeMetrics).SelectMany(one => one.Metrics);

    public IEnumerable<Resource> Resources =>
        Bodies("/v1/traces").SelectMany(body => TraceExport.Parser.ParseFrom(body).ResourceSpans).Select(one => one.Resource);

    /// <summary>What was sent to Sentry, as text.</summary>
    public IEnumerable<string> Envelopes => Bodies("/api/42/envelope/").Select(Encoding.UTF8.GetString);

    /// <summary>The headers by which exports said who they are from.</summary>
    public IEnumerable<string?> Authorizations => _received.Where(one => one.Path.StartsWith("/v1/", StringComparison.Ordinal)).Select(one => one.Authorization);

    /// <summary>Everything, byte for byte: text in protobuf is readable as it is.</summary>
    public string Everything => string.Join('\n', _received.Select(one => Encoding.UTF8.GetString(one.Body)));

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new TelemetryCollector(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<byte[]> Bodies(string path) => _received.Where(one => one.Path == path).Select(one => one.Body);

    private async Task TakeAsync(HttpContext context)
    {
        var isPacked = context.Request.Headers.ContentEncoding == "gzip";
        await using var body = isPacked ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy);
        _received.Enqueue((context.Request.Path, copy.ToArray(), context.Request.Headers.Authorization));
    }
}
