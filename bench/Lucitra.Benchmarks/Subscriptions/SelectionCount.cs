using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>Watches the metric by which a server counts the selections that it executed for events.</summary>
internal sealed class SelectionCount : IAsyncDisposable
{
    private const long TimeSeries = 0x2;
    private const string Instrument = @"Lucitra.Graph\lucitra.graphql.subscription.executions";

    private readonly EventPipeSession _session;
    private readonly EventPipeEventSource _events;
    private readonly Task _reading;
    private double _count;
    private TaskCompletionSource _told = new();

    private SelectionCount(EventPipeSession session)
    {
        _session = session;
        _events = new EventPipeEventSource(session.EventStream);
        _events.Dynamic.All += Take;
        _reading = Task.Run(_events.Process);
    }

    public static SelectionCount Of(int process) => new(new DiagnosticsClient(process).StartEventPipeSession(
        [
            new EventPipeProvider("System.Diagnostics.Metrics", EventLevel.Informational, TimeSeries, new Dictionary<string, string>
            {
                ["SessionId"] = Guid.CreateVersion7().ToString(),
                ["Metrics"] = Instrument,
                ["RefreshInterval"] = "1",
                ["MaxTimeSeries"] = "10",
                ["MaxHistograms"] = "10",
            }),
        ],
        requestRundown: false));

    /// <summary>The count so far. The server tells it once a second, so that two tellings from now on hold all that happened.</summary>
    public async Task<double> ReadAsync()
    {
        for (var told = 0; told < 2; told++)
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _told, next);
            await next.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        return Volatile.Read(ref _count);
    }

    public async ValueTask DisposeAsync()
    {
        await _session.StopAsync(CancellationToken.None);
        await _reading;
        _events.Dispose();
        _session.Dispose();
    }

    private void Take(TraceEvent told)
    {
        if (told.EventName == "CounterRateValuePublished" && double.TryParse(told.PayloadStringByName("rate"), CultureInfo.InvariantCulture, out var since))
            Volatile.Write(ref _count, _count + since);
        else if (told.EventName == "Collection/Stop")
            Volatile.Read(ref _told).TrySetResult();
    }
}
