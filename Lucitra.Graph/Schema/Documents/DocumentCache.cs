using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Documents that validated without errors, by their text: a hit skips parsing, screening and validation. Bounded
/// by <see cref="GraphQLOptions.DocumentCacheBytes"/>; the least recently used leave first.
/// </summary>
internal sealed class DocumentCache(IOptions<GraphQLOptions> options)
{
    private readonly int _capacity = options.Value.DocumentCacheBytes;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<ParsedDocument>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<ParsedDocument> _byUse = new();
    private int _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
                return _byUse.Count;
        }
    }

    public ParsedDocument? Find(string text)
    {
        lock (_lock)
        {
            if (!_byText.TryGetValue(text, out var node))
                return null;

            if (node != _byUse.First)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }

            return node.Value;
        }
    }

    public void Add(ParsedDocument document)
    {
        var size = document.EstimatedBytes;
        if (size > _capacity)
            return;

        lock (_lock)
        {
            if (_byText.ContainsKey(document.Text))
                return;

            while (_bytes > _capacity - size)
                RemoveOldest();

            _byText.Add(document.Text, _byUse.AddFirst(document));
            _bytes += size;
        }
    }

    private void RemoveOldest()
    {
        var oldest = _byUse.Last!.Value;
        _byUse.RemoveLast();
        _byText.Remove(oldest.Text);
        _bytes -= oldest.EstimatedBytes;
    }
}
