namespace Lucitra.Twin.Webhooks;

/// <summary>The messages of one portal that wait to be sent, now or later. Used under the sender's gate.</summary>
internal sealed class Lane
{
    private readonly Queue<Message> _ready = new();
    private readonly PriorityQueue<Message, DateTimeOffset> _later = new();

    public int Waiting => _ready.Count + _later.Count;

    public int InFlight { get; set; }

    public void Add(Message message) => _ready.Enqueue(message);

    public void Add(Message message, DateTimeOffset due) => _later.Enqueue(message, due);

    /// <summary>The time at which the first message is due; null if none waits.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset now) =>
        _ready.Count > 0 ? now : _later.TryPeek(out _, out var due) ? due : null;

    public List<Message> Take(int count, DateTimeOffset now)
    {
        while (_later.TryPeek(out var message, out var due) && due <= now)
            _ready.Enqueue(_later.Dequeue());

        var taken = new List<Message>();
        while (taken.Count < count && _ready.TryDequeue(out var message))
            taken.Add(message);
        return taken;
    }
}
