using Lucitra.Twin.Script;
using Lucitra.Twin.State;

namespace Lucitra.Twin;

/// <summary>The users of the portals at work. The same seed does the same things.</summary>
public sealed class TwinScript
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly TwinState _state;
    private readonly TwinOptions _options;
    private readonly Random _random;
    private readonly Users _users;
    private readonly List<UserAction> _urn;

    internal TwinScript(TwinState state, TwinOptions options)
    {
        (_state, _options, _random) = (state, options, new Random(options.Seed));
        _users = new Users(_random, options.Script);
        _urn = [.. options.Script.Weights.OrderBy(weight => weight.Key).SelectMany(weight => Enumerable.Repeat(weight.Key, weight.Value))];
        ActionsPerSecond = options.Script.ActionsPerSecond;
    }

    /// <summary>Null: as fast as they go.</summary>
    public double? ActionsPerSecond { get; set; }

    public bool Paused { get; private set; }

    /// <summary>Actions taken so far.</summary>
    public int Actions { get; private set; }

    public void Pause() => Paused = true;

    public void Resume() => Paused = false;

    /// <summary>Takes a number of actions.</summary>
    public Task RunAsync(int actions, CancellationToken cancellationToken = default)
    {
        var last = Actions + actions;
        return RunAsync(() => Actions < last, cancellationToken);
    }

    /// <summary>Takes actions for a while; <see cref="Timeout.InfiniteTimeSpan"/>: until cancelled.</summary>
    public Task RunAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var end = duration == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _options.Clock.GetUtcNow() + duration;
        return RunAsync(() => _options.Clock.GetUtcNow() < end, cancellationToken);
    }

    /// <summary>Does one thing in one portal.</summary>
    public void Act(UserAction action, long portalId)
    {
        lock (_state.Gate)
            _users.Do(action, _state.Portals.First(portal => portal.Id == portalId));
    }

    /// <summary>Fills a portal as it is before the app is installed.</summary>
    internal void Fill(Portal portal)
    {
        portal.Installed = false;
        for (var contact = 0; contact < _options.ContactsAtStart; contact++)
            _users.Do(UserAction.CreateContact, portal);
        for (var deal = 0; deal < _options.DealsAtStart; deal++)
            _users.Do(UserAction.CreateDeal, portal);
        portal.Installed = true;
    }

    private async Task RunAsync(Func<bool> goesOn, CancellationToken cancellationToken)
    {
        var portals = _state.Portals.ToList();
        while (goesOn())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Paused)
            {
                await Task.Delay(_look, _options.Clock, cancellationToken);
                continue;
            }

            lock (_state.Gate)
                _users.Do(_urn[_random.Next(_urn.Count)], portals[_random.Next(portals.Count)]);
            Actions++;
            if (ActionsPerSecond is { } rate)
                await Task.Delay(TimeSpan.FromSeconds(1 / rate), _options.Clock, cancellationToken);
            else
                await Task.Yield();
        }
    }
}
