using Lucitra.Twin.Webhooks;

namespace Lucitra.Twin;

/// <summary>What was sent and what was acknowledged.</summary>
/// <param name="Events">Events told so far; a fact told in two forms is two.</param>
/// <param name="Acknowledged">Events that were answered 2xx at least once.</param>
/// <param name="Deliveries">How often events were part of a request, all attempts and repetitions together.</param>
/// <param name="GivenUp">Events that failed in every attempt.</param>
public sealed record LedgerTotals(int Events, int Acknowledged, int Deliveries, int GivenUp);

/// <summary>A fact, the requests with events that tell of it, and how many of those were answered 2xx.</summary>
public sealed record LedgerLine(TwinFact Fact, int Deliveries, int Acknowledgements);

/// <summary>The book of all events.</summary>
public sealed class TwinLedger
{
    private readonly List<Message> _messages = [];
    private readonly Lock _gate;

    internal TwinLedger(Lock gate) => _gate = gate;

    public LedgerTotals Totals
    {
        get
        {
            lock (_gate)
            {
                return new LedgerTotals(
                    _messages.Count,
                    _messages.Count(message => message.Acknowledgements > 0),
                    _messages.Sum(message => message.Deliveries),
                    _messages.Count(message => message.GivenUp));
            }
        }
    }

    /// <summary>Every fact once, in the order in which they happened.</summary>
    public IReadOnlyList<LedgerLine> Lines()
    {
        lock (_gate)
        {
            return
            [
                .. _messages.GroupBy(message => message.Fact, ReferenceEqualityComparer.Instance)
                    .Select(group => new LedgerLine((TwinFact)group.Key!, group.Sum(one => one.Deliveries), group.Sum(one => one.Acknowledgements))),
            ];
        }
    }

    /// <summary>The facts of which the receiver acknowledged at least one event: those it must not lose.</summary>
    public IReadOnlyList<TwinFact> AcknowledgedFacts() => [.. Lines().Where(line => line.Acknowledgements > 0).Select(line => line.Fact)];

    internal void Add(Message message) => _messages.Add(message);
}
