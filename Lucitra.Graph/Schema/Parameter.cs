using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Lucitra.Graph.Schema;

/// <summary>
/// A value in a query as a parameter: EF takes the member of a captured object for one, and compiles a query with a bare
/// constant anew for every value.
/// </summary>
internal static class Parameter
{
    private static readonly MethodInfo _of = typeof(Parameter).GetMethod(nameof(Box), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<Type, Func<object?, Expression>> _factories = new();

    public static Expression Of(object? value, Type type) =>
        _factories.GetOrAdd(type, t => _of.MakeGenericMethod(t).CreateDelegate<Func<object?, Expression>>())(value);

    /// <summary>A list of values, each of <paramref name="type"/>.</summary>
    public static Expression OfList(IEnumerable<object?> values, Type type)
    {
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var value in values)
            list.Add(value);
        return Of(list, list.GetType());
    }

    private static MemberExpression Box<T>(object? value) =>
        Expression.Property(Expression.Constant(new Boxed<T>((T?)value)), nameof(Boxed<>.Value));

    private sealed record Boxed<T>(T? Value);
}
