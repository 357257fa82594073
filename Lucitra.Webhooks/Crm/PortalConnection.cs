using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// The way to one account: waits for its turn, sends, and repeats what failed where that is safe and promising.
/// </summary>
internal sealed partial class PortalConnection(
    string name,
    IPortalCredentials credentials,
    HubSpotHttp http,
    CallGovernor governor,
    PortalCircuit circuit,
    HubSpotApiOptions options,
    HubSpotApiMetrics metrics,
    TimeProvider clock,
    ILogger<PortalConnection> logger) : IDisposable
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _refusedPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, long> _spent = new();

    public IReadOnlyDictionary<string, long> CallsSpent() => _spent.ToDictionary();

    public DateTime UtcNow() => clock.UtcNow();

    public async Task<HubSpotAccount> AccountAsync(HubSpotCallPriority priority, CancellationToken cancellationToken) =>
        (await SendAsync(new HubSpotCall("account", HttpMethod.Get, options.Api.Paths.Account), priority, cancellationToken)).Read<HubSpotAccount>();

    public async Task<HubSpotAnswer> SendAsync(HubSpotCall call, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var attempt = new Attempt();
        while (true)
        {
            ThrowIfClosed(call, priority);
            var begin = clock.GetTimestamp();
            using (await governor.TakeAsync(priority, call.IsSearch, cancellationToken))
            using (circuit.Enter(call.Operation))
            {
                metrics.Waited(priority, clock.GetElapsedTime(begin));
                try
                {
                    return await TryAsync(call, attempt, cancellationToken);
                }
                catch (HubSpotApiException fault)
                {
                    attempt.Number++;
                    attempt.Wait = WaitAfter(fault, call, attempt);
                    if (attempt.Wait is null)
                        throw;
                }
            }

            await Task.Delay(attempt.Wait.Value, clock, cancellationToken);
        }
    }

    public void Dispose()
    {
        governor.Dispose();
        (credentials as IDisposable)?.Dispose();
    }

    private async Task<HubSpotAnswer> TryAsync(HubSpotCall call, Attempt attempt, CancellationToken cancellationToken)
    {
        attempt.Token = null;
        attempt.Token = await credentials.TokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(call.Method, call.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", attempt.Token);
        if (call.Body is { } body)
            request.Content = JsonContent.Create(body, body.GetType(), options: HubSpotJson.Options);

        _spent.AddOrUpdate(call.Operation, 1, (_, spent) => spent + 1);
        var begin = clock.GetTimestamp();
        try
        {
            var answer = await http.SendAsync(call, request, cancellationToken, governor.Learn);
            metrics.Called(call.Operation, error: null, clock.GetElapsedTime(begin));
            circuit.Answered();
            return answer;
        }
        catch (HubSpotApiException fault)
        {
            metrics.Called(call.Operation, fault.Kind, clock.GetElapsedTime(begin));
            throw;
        }
    }

    private void ThrowIfClosed(HubSpotCall call, HubSpotCallPriority priority)
    {
        circuit.ThrowIfOpen(call.Operation);
        if (priority == HubSpotCallPriority.Backfill && governor.DailyPause() is { } pause)
            throw new HubSpotApiException(HubSpotErrorKind.DailyLimit, call.Operation) { RetryAfter = pause };
    }
}
