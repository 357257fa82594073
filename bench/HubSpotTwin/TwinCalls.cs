using System.Collections.Concurrent;

namespace Lucitra.Twin;

/// <summary>Counts the calls of the CRM API, by operation and status.</summary>
public sealed class TwinCalls
{
    private readonly ConcurrentDictionary<(string Operation, int Status), int> _counts = new();

    /// <summary>The calls of each operation, such as <c>GET object</c>.</summary>
    public IReadOnlyDictionary<string, int> ByOperation =>
        _counts.GroupBy(count => count.Key.Operation).ToDictionary(group => group.Key, group => group.Sum(count => count.Value));

    /// <summary>The calls answered with each status; 0 stands for a connection that was cut.</summary>
    public IReadOnlyDictionary<int, int> ByStatus =>
        _counts.GroupBy(count => count.Key.Status).ToDictionary(group => group.Key, group => group.Sum(count => count.Value));

    public int Total => _counts.Values.Sum();

    internal void Add(string operation, int status) => _counts.AddOrUpdate((operation, status), 1, (_, count) => count + 1);
}
