namespace Lucitra.Twin;

/// <summary>What goes wrong in the CRM API. Everything can be changed while the twin runs; chances are from 0 to 1.</summary>
public sealed class TwinFaults(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    /// <summary>The chance of a 429 below the limits, without Retry-After.</summary>
    public double RateLimited { get; set; }

    /// <summary>The chance of a 502 in HTML. Half of them come after the call took effect.</summary>
    public double ServerError { get; set; }

    /// <summary>The chance that an answer takes <see cref="SlowFor"/>; the call takes effect at once.</summary>
    public double Slow { get; set; }

    public TimeSpan SlowFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The chance that the connection is cut. Half of them come after the call took effect.</summary>
    public double Reset { get; set; }

    /// <summary>The chance that a write is answered 423.</summary>
    public double Locked { get; set; }

    /// <summary>The chance that a batch leaves out a row and says nothing.</summary>
    public double DroppedRow { get; set; }

    /// <summary>Whether all portals move to another data centre, so that every call is answered 477.</summary>
    public bool Migrating { get; set; }

    /// <summary>The Retry-After of a 477.</summary>
    public TimeSpan MigratingFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether all tokens are revoked: 401, and no new token for a refresh token.</summary>
    public bool TokenRevoked { get; set; }

    /// <summary>How long a change takes to be found by a search, at most.</summary>
    public TimeSpan SearchLag { get; set; }

    /// <summary>How long a link takes to be listed or to vanish.</summary>
    public TimeSpan AssociationLag { get; set; }

    /// <summary>Stops everything that goes wrong by chance or switch. Lags stay.</summary>
    public void Heal()
    {
        (RateLimited, ServerError, Slow, Reset, Locked, DroppedRow) = (0, 0, 0, 0, 0, 0);
        (Migrating, TokenRevoked) = (false, false);
    }

    internal bool Strikes(double chance)
    {
        if (chance <= 0)
            return false;
        lock (_gate)
            return _random.NextDouble() < chance;
    }
}
