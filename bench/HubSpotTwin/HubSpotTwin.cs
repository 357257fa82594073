using Lucitra.Twin.Api;
using Lucitra.Twin.State;

namespace Lucitra.Twin;

/// <summary>A HubSpot that runs in this process: portals, their CRM API over HTTP, webhooks, and users who keep it busy.</summary>
public sealed class HubSpotTwin : IAsyncDisposable
{
    private readonly ApiServer _server;

    private HubSpotTwin(TwinOptions options)
    {
        var clock = new TwinClock(options.Clock, options.ClockSkew);
        Faults = new TwinFaults(options.Seed);
        Sender = new TwinSender(options, clock);
        State = new TwinState(options.PortalIds.Select(portalId => new Portal(portalId, clock, Faults, Sender.Tell)));
        Script = new TwinScript(State, options);
        foreach (var portal in State.Portals)
            Script.Fill(portal);
        _server = new ApiServer(options, clock, State, Faults, Calls);
    }

    /// <summary>The base address of the CRM API.</summary>
    public Uri Address => _server.Address;

    public TwinState State { get; }

    public TwinFaults Faults { get; }

    public TwinScript Script { get; }

    public TwinSender Sender { get; }

    public TwinLedger Ledger => Sender.Ledger;

    public TwinCalls Calls { get; } = new();

    /// <summary>Starts the CRM API and the sender. Users do nothing until the script runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The clock is more than a minute off.</exception>
    public static async Task<HubSpotTwin> StartAsync(TwinOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ClockSkew.Duration(), TimeSpan.FromMinutes(1), nameof(options));
        var twin = new HubSpotTwin(options);
        await twin._server.StartAsync();
        return twin;
    }

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync();
        await _server.DisposeAsync();
    }
}
