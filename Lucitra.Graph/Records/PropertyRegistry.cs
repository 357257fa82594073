using System.Collections.Frozen;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>
/// The types of properties, at hand without a wait: read from the database at most every five seconds, so what another
/// process defined counts here five seconds later at most, and what this one defined counts at once.
/// </summary>
internal sealed class PropertyRegistry(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock)
{
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Definitions? _definitions;

    public PropertyType TypeOf(RecordType record, string name) =>
        Current().Types.GetValueOrDefault((record, name), PropertyType.String);

    /// <summary>Reads anew when next asked.</summary>
    public void Forget()
    {
        lock (_lock)
            _definitions = null;
    }

    private Definitions Current()
    {
        // Queries are put together synchronously, so this small table is read so too.
        lock (_lock)
        {
            if (_definitions is not null && clock.GetElapsedTime(_definitions.ReadAt) < _freshFor)
                return _definitions;

            var readAt = clock.GetTimestamp();
            using var db = contexts.CreateDbContext();
            var types = db.PropertyDefinitions.AsNoTracking().ToList().ToFrozenDictionary(d => (d.ObjectType, d.Name), d => d.Type);
            return _definitions = new Definitions(types, readAt);
        }
    }

    private sealed record Definitions(FrozenDictionary<(RecordType Record, string Name), PropertyType> Types, long ReadAt);
}
