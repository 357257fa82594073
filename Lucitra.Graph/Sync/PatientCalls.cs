using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Sync;

/// <summary>Repeats calls of work that nobody waits for, for as long as HubSpot may answer later.</summary>
internal sealed partial class PatientCalls(TimeProvider clock, ILogger<PatientCalls> logger)
{
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _maxDelay = TimeSpan.FromMinutes(5);

    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await call();
            }
            catch (HubSpotApiException fault) when (fault.IsTransient)
            {
                var wait = RetrySchedule.WaitAfter(attempts, _delay, _maxDelay, Random.Shared.NextDouble());
                wait = fault.RetryAfter > wait ? fault.RetryAfter.Value : wait;
                Log.Waits(logger, wait, fault.Message);
                await Task.Delay(wait, clock, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Waits {Wait} for HubSpot: {Fault}")]
        public static partial void Waits(ILogger logger, TimeSpan wait, string fault);
    }
}
