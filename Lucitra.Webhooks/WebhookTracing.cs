using System.Diagnostics;

namespace Lucitra.Webhooks;

/// <summary>Spans of applying events, tied to the requests that brought them.</summary>
internal static class WebhookTracing
{
    private static readonly ActivitySource _source = new(WebhooksModule.TelemetryName);

    /// <summary>A span that continues the trace of a single delivery, and is linked to those of several.</summary>
    public static Activity? StartProcessing(string queue, IEnumerable<string?> traceParents)
    {
        var contexts = new List<ActivityContext>();
        foreach (var traceParent in traceParents)
        {
            if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var context))
                contexts.Add(context);
        }

        var parent = contexts is [var only] ? only : default;
        return _source.StartActivity(
            $"{queue} process", ActivityKind.Consumer, parent, links: contexts.Select(context => new ActivityLink(context)));
    }
}
