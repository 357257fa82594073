using System.Collections.Concurrent;

namespace Lucitra.Graph.Auth;

/// <summary>Failed password attempts of this process: after ten from one address within a minute, none is looked at until the minute is over.</summary>
internal sealed class PasswordAttempts(TimeProvider clock)
{
    private const int MaxFailures = 10;
    private const int MaxAddresses = 10_000;

    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, int Failures)> _failures = new();

    public bool MayTry(string address) =>
        !_failures.TryGetValue(address, out var entry) || entry.Until <= clock.GetUtcNow() || entry.Failures < MaxFailures;

    public void Failed(string address)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count >= MaxAddresses)
        {
            foreach (var (old, _) in _failures.Where(pair => pair.Value.Until <= now))
                _failures.TryRemove(old, out _);
        }

        _failures.AddOrUpdate(
            address,
            _ => (now + _window, 1),
            (_, entry) => entry.Until <= now ? (now + _window, 1) : (entry.Until, entry.Failures + 1));
    }
}
