namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Whether an account is called at all. It is not for a while after failures in a row, a spent day, a migration or refused
/// credentials; then one call tries, and the others wait for what comes of it.
/// </summary>
internal sealed class PortalCircuit(HubSpotCallOptions options, TimeProvider clock)
{
    private static readonly TimeSpan _probeWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private int _failures;
    private bool _isOpen;
    private bool _isProbing;
    private HubSpotErrorKind _reason;
    private DateTimeOffset _until;

    /// <summary>Fails where the account is not to be called, before anything is waited for.</summary>
    public void ThrowIfOpen(string operation)
    {
        lock (_gate)
        {
            if (_isOpen && (_isProbing || clock.GetUtcNow() < _until))
                throw Open(operation);
        }
    }

    /// <summary>The same, and takes the place of the one that tries; dispose it when the call has ended.</summary>
    public IDisposable Enter(string operation)
    {
        lock (_gate)
        {
            ThrowIfOpen(operation);
            _isProbing = _isOpen;
            return new Entry(_isOpen ? this : null);
        }
    }

    /// <summary>HubSpot answered, whatever it was.</summary>
    public void Answered()
    {
        lock (_gate)
            (_failures, _isOpen) = (0, false);
    }

    /// <summary>HubSpot did not answer, or with 5xx. True where that is one too many.</summary>
    public bool Failed()
    {
        lock (_gate)
        {
            if (++_failures < options.BreakerFailures && !_isOpen)
                return false;
            return Trip(HubSpotErrorKind.CircuitOpen, options.BreakerPause);
        }
    }

    /// <summary>Ends calls for <paramref name="pause"/>. False where it was known already.</summary>
    public bool Trip(HubSpotErrorKind reason, TimeSpan pause)
    {
        lock (_gate)
        {
            var isNew = !_isOpen || _reason != reason;
            (_isOpen, _reason, _until) = (true, reason, clock.GetUtcNow() + pause);
            return isNew;
        }
    }

    private HubSpotApiException Open(string operation)
    {
        var wait = _until - clock.GetUtcNow();
        return new HubSpotApiException(_reason, operation) { RetryAfter = wait > _probeWait ? wait : _probeWait };
    }

    private sealed class Entry(PortalCircuit? probed) : IDisposable
    {
        public void Dispose()
        {
            if (probed is null)
                return;
            lock (probed._gate)
                probed._isProbing = false;
        }
    }
}
