using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Values as parameters of the type they have in the database.</summary>
internal static class SqlParameters
{
    private static readonly Dictionary<Type, (Func<object, NpgsqlParameter> One, Func<IEnumerable<object>, NpgsqlParameter> List)> _factories = new()
    {
        [typeof(string)] = Of<string>(),
        [typeof(bool)] = Of<bool>(),
        [typeof(int)] = Of<int>(),
        [typeof(long)] = Of<long>(),
        [typeof(decimal)] = Of<decimal>(),
        [typeof(DateTime)] = Of<DateTime>(),
        [typeof(Guid)] = Of<Guid>(),
    };

    /// <summary>A value as a parameter; null where there is none for its type.</summary>
    public static NpgsqlParameter? Of(object value, Type type) => _factories.GetValueOrDefault(type).One?.Invoke(value);

    /// <summary>A list of values as a parameter; null where there is none for their type.</summary>
    public static NpgsqlParameter? OfList(IEnumerable<object> values, Type type) => _factories.GetValueOrDefault(type).List?.Invoke(values);

    private static (Func<object, NpgsqlParameter>, Func<IEnumerable<object>, NpgsqlParameter>) Of<T>() =>
        (value => new NpgsqlParameter<T> { TypedValue = (T)value }, values => new NpgsqlParameter<T[]> { TypedValue = [.. values.Cast<T>()] });
}
