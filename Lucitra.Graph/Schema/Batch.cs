using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Execution;
using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>
/// Many keys, one fetch: collects the keys that the same field asks for on all objects of a level, and reads them in one
/// go when the executor wants the first value.
/// </summary>
internal sealed class Batch<TValue>(Func<IReadOnlyCollection<object>, CancellationToken, Task<IReadOnlyDictionary<object, TValue>>> fetch, TValue missing)
{
    private readonly Lock _lock = new();
    private HashSet<object> _keys = [];
    private Lazy<Task<IReadOnlyDictionary<object, TValue>>>? _pending;

    public IDataLoaderResult Load(object key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _keys.Add(key);
            _pending ??= new(() => FetchAsync(cancellationToken));
            return new Item(key, _pending, missing);
        }
    }

    private Task<IReadOnlyDictionary<object, TValue>> FetchAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var keys = _keys;
            (_keys, _pending) = ([], null);
            return fetch(keys, cancellationToken);
        }
    }

    private sealed class Item(object key, Lazy<Task<IReadOnlyDictionary<object, TValue>>> values, TValue missing) : IDataLoaderResult
    {
        public async Task<object?> GetResultAsync(CancellationToken cancellationToken = default) =>
            (await values.Value).GetValueOrDefault(key, missing);
    }
}

/// <summary>The batches of the operations under way.</summary>
internal sealed class Batches
{
    private readonly ConditionalWeakTable<IExecutionContext, Dictionary<(Place, Type), object>> _operations = [];

    /// <summary>The batch of objects of type <typeparamref name="T"/> at this field: at its place in the answer, whatever the list items above it.</summary>
    public Batch<TValue> Of<T, TValue>(IResolveFieldContext context, Func<Batch<TValue>> create)
    {
        var batches = _operations.GetOrAdd(context.ExecutionContext, _ => []);
        var place = (PlaceOf(context)!, typeof(T));
        lock (batches)
        {
            if (!batches.TryGetValue(place, out var batch))
                batches[place] = batch = create();
            return (Batch<TValue>)batch;
        }
    }

    private static Place? PlaceOf(IResolveFieldContext? context) =>
        context is null ? null : new(context.FieldDefinition, (context.FieldAst.Alias?.Name ?? context.FieldAst.Name).StringValue, PlaceOf(context.Parent));

    /// <summary>A field of the answer. Its name alone is not enough: fragments on different types may give it to different fields.</summary>
    private sealed record Place(FieldType Field, string Name, Place? Above);
}
