using System.Security.Claims;
using Lucitra.Webhooks;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Looks after the callers of open WebSockets and event streams: once what one was let in with holds no more, or gives other
/// scopes, its connections are refused.
/// </summary>
internal sealed partial class LiveCallers(
    CallerStates states, RevocationSignal revoked, IOptions<AuthOptions> options, TimeProvider clock, ILogger<LiveCallers> logger) : BackgroundService
{
    private readonly Lock _lock = new();
    private readonly HashSet<Connection> _connections = [];

    /// <summary>Calls <paramref name="refuse"/> once, when the caller is let in no more; until the result is disposed.</summary>
    public IDisposable Watch(ClaimsPrincipal caller, Action refuse)
    {
        var connection = new Connection(this, Caller.Of(caller), refuse);
        lock (_lock)
            _connections.Add(connection);

        // It may have been revoked between its check and now.
        revoked.Pulse();
        return connection;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await revoked.WaitAsync(options.Value.RecheckInterval, stoppingToken);
                await CheckAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                // What the database does not say now it says later; until then nothing is known of a revocation.
                Log.Failed(logger, FaultText.Of(fault));
                await Task.Delay(options.Value.RecheckInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        List<Connection> connections;
        lock (_lock)
            connections = [.. _connections];

        foreach (var group in connections.GroupBy(connection => (connection.Caller?.Credential, connection.Caller?.Scopes)))
        {
            if (group.First().Caller is { } caller && await states.HoldsAsync(caller, cancellationToken))
                continue;
            foreach (var connection in group)
                connection.Refuse();
        }
    }

    private void Leave(Connection connection)
    {
        lock (_lock)
            _connections.Remove(connection);
    }

    private sealed class Connection(LiveCallers callers, CallerIdentity? caller, Action refuse) : IDisposable
    {
        public CallerIdentity? Caller => caller;

        public void Refuse()
        {
            Dispose();
            refuse();
        }

        public void Dispose() => callers.Leave(this);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not look after the callers of open connections: {Fault}")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
