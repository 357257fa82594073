using Lucitra.Tests.Support;

namespace Lucitra.Tests.Deployment;

/// <summary>A load balancer: nginx, told by whoever asks each server all the time whether it is ready.</summary>
internal sealed class ReadinessBalancer : IAsyncDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly Uri[] _servers;
    private readonly Nginx _nginx;
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private volatile Uri[] _ready;

    private ReadinessBalancer(Uri[] servers, Nginx nginx)
    {
        (_servers, _ready, _nginx) = (servers, servers, nginx);
        _watching = WatchAsync();
    }

    public Uri Address => _nginx.Address;

    public static async Task<ReadinessBalancer> StartAsync(Uri[] servers) => new(servers, await Nginx.StartAsync(servers));

    /// <summary>Waits until a server gets requests.</summary>
    public Task WhenReadyAsync(Uri server) => Eventually.IsTrueAsync(() => Task.FromResult(_ready.Contains(server)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await _nginx.DisposeAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var answers = await Task.WhenAll(_servers.Select(IsReadyAsync));
            var ready = _servers.Where((_, i) => answers[i]).ToArray();
            if (ready.Length > 0 && !ready.SequenceEqual(_ready))
            {
                await _nginx.SendToAsync(ready);
                _ready = ready;
            }

            await Task.Delay(_interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(Uri server)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(server, "/health/ready"), _stop.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
