using System.Collections.Concurrent;

namespace Lucitra.Webhooks.Crm;

/// <summary>The HubSpot accounts that the server has credentials for.</summary>
public sealed class HubSpotPortals : IDisposable
{
    private readonly HubSpotApiPaths _paths;
    private readonly ConcurrentDictionary<long, HubSpotClient> _known = new();
    private readonly List<PortalConnection> _connections = [];
    private readonly PortalConnection? _unnamed;
    private readonly SemaphoreSlim _naming = new(1, 1);
    private bool _isNamed;

    internal HubSpotPortals(HubSpotApiOptions options, PortalConnections connections)
    {
        _paths = options.Api.Paths;
        foreach (var portal in options.Portals)
            Add(portal.PortalId, connections.Open(portal));
        if (options is { HasAccessToken: true, PortalId: { } id })
            Add(id, connections.Open(new HubSpotPortalOptions { PortalId = id, AccessToken = options.AccessToken }));
        else if (options.HasAccessToken)
            _connections.Add(_unnamed = connections.OpenUnnamed(options.AccessToken));
    }

    /// <summary>Whether there is any account to call.</summary>
    public bool IsConfigured => _connections.Count > 0;

    /// <summary>
    /// The account, if there are credentials for it; without asking HubSpot, so that the account of <c>HubSpot:AccessToken</c> is
    /// not found before <see cref="AllAsync"/> where <c>HubSpot:PortalId</c> is not set.
    /// </summary>
    public HubSpotClient? Find(long portalId) => _known.GetValueOrDefault(portalId);

    /// <summary>Whether there are credentials for the account, or some of which it is not known yet whose they are.</summary>
    public bool MayFind(long portalId) => _known.ContainsKey(portalId) || (_unnamed is not null && !Volatile.Read(ref _isNamed));

    /// <summary>The account, if there are credentials for it. May ask HubSpot once whose <c>HubSpot:AccessToken</c> is.</summary>
    public async Task<HubSpotClient?> FindAsync(long portalId, CancellationToken cancellationToken)
    {
        if (Find(portalId) is { } known)
            return known;
        await NameAsync(cancellationToken);
        return Find(portalId);
    }

    /// <summary>All accounts. May ask HubSpot once whose <c>HubSpot:AccessToken</c> is.</summary>
    public async Task<IReadOnlyList<HubSpotClient>> AllAsync(CancellationToken cancellationToken)
    {
        await NameAsync(cancellationToken);
        return [.. _known.Values.OrderBy(client => client.PortalId)];
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _naming.Dispose();
    }

    private async Task NameAsync(CancellationToken cancellationToken)
    {
        if (_unnamed is null || Volatile.Read(ref _isNamed))
            return;
        await _naming.WaitAsync(cancellationToken);
        try
        {
            if (_isNamed)
                return;
            var account = await _unnamed.AccountAsync(HubSpotCallPriority.Live, cancellationToken);

            // An account that is listed with credentials of its own keeps those.
            _known.TryAdd(account.PortalId, new HubSpotClient(account.PortalId, _unnamed, _paths));
            Volatile.Write(ref _isNamed, true);
        }
        finally
        {
            _naming.Release();
        }
    }

    private void Add(long portalId, PortalConnection connection)
    {
        _connections.Add(connection);
        _known[portalId] = new HubSpotClient(portalId, connection, _paths);
    }
}
