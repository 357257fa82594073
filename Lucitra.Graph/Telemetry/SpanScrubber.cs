using System.Diagnostics;
using OpenTelemetry;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// Takes out of spans what may tell of a person, and drops statements that belong to no work: the worker and the change feed
/// look into the database once a second.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private static readonly string[] _statements = ["Npgsql", "OpenTelemetry.Instrumentation.EntityFrameworkCore"];
    private static readonly string[] _withheld = ["url.query", "client.address", "network.peer.address", "network.peer.port", "peer.service", "db.npgsql.data_source"];

    // The text of an exception, which instrumentations add by themselves.
    private readonly ActivityListener _faults = new()
    {
        ShouldListenTo = _ => true,
        ExceptionRecorder = (Activity _, Exception fault, ref TagList tags) =>
        {
            tags.Add("exception.message", FaultReport.MessageOf(fault));
            tags.Add("exception.stacktrace", FaultReport.Of(fault));
        },
    };

    public SpanScrubber() => ActivitySource.AddActivityListener(_faults);

    public override void OnStart(Activity data)
    {
        if (data.ParentSpanId != default || !_statements.Contains(data.Source.Name))
            return;

        data.IsAllDataRequested = false;
        data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    public override void OnEnd(Activity data)
    {
        foreach (var name in _withheld)
        {
            if (data.GetTagItem(name) is not null)
                data.SetTag(name, null);
        }

        if (data.GetTagItem("url.full") is string full && full.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
            data.SetTag("url.full", full[..query]);
        if (data.Kind == ActivityKind.Server && data.GetTagItem("url.path") is not null)
            data.SetTag("url.path", data.GetTagItem("http.route"));

        // What a library says of an error is its exception's message; the type is in error.type.
        if (data is { Status: ActivityStatusCode.Error, StatusDescription: not null })
            data.SetStatus(ActivityStatusCode.Error);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _faults.Dispose();
        base.Dispose(disposing);
    }
}
