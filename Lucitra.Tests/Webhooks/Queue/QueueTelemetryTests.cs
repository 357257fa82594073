using System.Diagnostics;
using System.Diagnostics.Metrics;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks.Queue;

public sealed class QueueTelemetryTests
{
    private static readonly QueueLabel _queue = new("lucitra", "queue_of_a_test");

    [Fact]
    public void Work_on_one_message_continues_its_trace_and_work_on_several_is_linked_to_theirs()
    {
        var (one, other) = (TraceParent(), TraceParent());
        using var listener = Listen();

        var spans = new string?[][] { [one], [one, other, null], [null] }.Select(traceParents =>
        {
            using var _ = Telemetry().StartProcessing(_queue, traceParents);
            return Activity.Current!;
        }).ToList();

        Assert.Equal([one, null, null], spans.Select(span => span.ParentId));
        Assert.Equal([1, 2, 0], spans.Select(span => span.Links.Count()));
        Assert.Equal(one.Split('-')[1], $"{spans[0].TraceId}");
        Assert.All(spans, span => Assert.Equal(("queue_of_a_test process", ActivityKind.Consumer), (span.DisplayName, span.Kind)));
    }

    [Fact]
    public void Work_that_does_not_say_that_it_succeeded_has_failed()
    {
        using var meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var measured = new List<string>();
        using var meter = new MeterListener();
        meter.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Scope == meters.GetRequiredService<IMeterFactory>())
                it.EnableMeasurementEvents(instrument);
        };
        meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {value} {ErrorOf(tags)}"));
        meter.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Add($"{instrument.Name} {ErrorOf(tags)}"));
        meter.Start();
        using var listener = Listen();
        var telemetry = new QueueTelemetry(meters.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var spans = new List<Activity>();

        using (telemetry.StartSending(_queue))
            spans.Add(Activity.Current!);
        using (var work = telemetry.StartProcessing(_queue, [null, null]))
        {
            spans.Add(Activity.Current!);
            work.Failed(new TimeoutException());
        }

        using (var work = telemetry.StartProcessing(_queue, [null]))
        {
            spans.Add(Activity.Current!);
            work.Succeeded();
        }

        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Error, ActivityStatusCode.Unset], spans.Select(span => span.Status));
        Assert.Equal(
            [
                "messaging.client.sent.messages 1 _OTHER",
                "messaging.client.consumed.messages 2 none",
                "messaging.process.duration System.TimeoutException",
                "messaging.client.consumed.messages 1 none",
                "messaging.process.duration none",
            ],
            measured);
    }

    private static QueueTelemetry Telemetry() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), TimeProvider.System);

    private static string TraceParent() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WebhooksModule.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string ErrorOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "error.type")
                return $"{value}";
        }

        return "none";
    }
}
