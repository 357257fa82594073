namespace Lucitra.Webhooks.Crm;

/// <summary>The calls of the last <paramref name="length"/>. Times count from any fixed moment and never go back.</summary>
internal sealed class RollingWindow(TimeSpan length)
{
    private readonly Queue<TimeSpan> _calls = new();

    public void Add(TimeSpan now) => _calls.Enqueue(now);

    /// <summary>When there is room for one more call, given how many there may be at a time.</summary>
    public TimeSpan FreeAt(int limit, TimeSpan now)
    {
        while (_calls.TryPeek(out var oldest) && oldest + length <= now)
            _calls.Dequeue();
        return _calls.Count < limit ? now : _calls.ElementAt(_calls.Count - limit) + length;
    }
}
