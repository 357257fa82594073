using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Startup;

/// <summary>
/// Ends the host on a signal. SIGTERM, the platform's, lets load balancers notice first; SIGINT and SIGQUIT, and a second signal
/// of any kind, do not wait for them.
/// </summary>
internal sealed partial class SignalLifetime(
    IHostApplicationLifetime application, Departure departure, IOptions<ShutdownOptions> options, TimeProvider clock, ILogger<SignalLifetime> logger)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];
    private Task _leaving = Task.CompletedTask;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT })
            _signals.Add(PosixSignalRegistration.Create(signal, Take));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _leaving;

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        // The runtime would end the process.
        context.Cancel = true;
        var isFirst = !departure.HasBegun;
        departure.Begin();
        if (isFirst && context.Signal == PosixSignal.SIGTERM)
            _leaving = LeaveAsync();
        else
            application.StopApplication();
    }

    private async Task LeaveAsync()
    {
        Log.Leaves(logger, options.Value.DrainDelay, options.Value.Deadline);
        await Task.Delay(options.Value.DrainDelay, clock, application.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        application.StopApplication();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Told to stop: taking requests for another {DrainDelay}, ending what still runs {Deadline} after the signal")]
        public static partial void Leaves(ILogger logger, TimeSpan drainDelay, TimeSpan deadline);
    }
}
