using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>A figure over the objects of a group: a function, and the column it is taken over.</summary>
/// <param name="Function">What is done.</param>
/// <param name="Column">Over which column; null for the number of objects.</param>
internal sealed record Measure(AggregateFunction Function, EntityColumn? Column)
{
    public static readonly Measure Count = new(AggregateFunction.Count, null);

    private static readonly PropertyInfo _count = typeof(List<object>).GetProperty(nameof(List<>.Count))!;

    /// <summary>The GraphQL name of the function.</summary>
    public static string NameOf(AggregateFunction function) => JsonNamingPolicy.CamelCase.ConvertName(function.ToString());

    public static string? Describe(AggregateFunction function) => Documentation.Of(typeof(AggregateFunction).GetField(function.ToString())!);

    /// <summary>Whether the function can be taken over the column.</summary>
    public static bool Applies(AggregateFunction function, EntityColumn column)
    {
        var type = Scalars.Underlying(column.Member.PropertyType);
        return column.Ids is null && function switch
        {
            AggregateFunction.CountDistinct => true,
            AggregateFunction.Sum or AggregateFunction.Avg => type == typeof(decimal) || type == typeof(int),
            _ => type != typeof(bool),
        };
    }

    /// <summary>The CLR type of the figure.</summary>
    public static Type TypeOf(AggregateFunction function, EntityColumn column) => function switch
    {
        AggregateFunction.CountDistinct => typeof(int),
        AggregateFunction.Sum or AggregateFunction.Avg => typeof(decimal?),
        _ => column.Member.PropertyType,
    };

    /// <summary>The figure where there is nothing to take it over.</summary>
    public object? OfNothing => Function switch
    {
        AggregateFunction.Count or AggregateFunction.CountDistinct => 0,
        AggregateFunction.Sum => 0m,
        _ => null,
    };

    /// <summary>The figure as a column, for conditions on it.</summary>
    public EntityColumn AsColumn() => new(
        NameOf(Function),
        Column?.Member ?? _count,
        Column?.Read ?? (_ => throw new NotSupportedException("A figure is no column of an entity.")),
        Nullable: Function is AggregateFunction.Avg or AggregateFunction.Min or AggregateFunction.Max,
        Ids: null);

    /// <summary>The figure over <paramref name="group"/>, an expression of type IGrouping.</summary>
    public Expression Over<T>(Expression group)
    {
        if (Column is null)
            return Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [typeof(T)], group);

        var x = Expression.Parameter(typeof(T), "x");
        Expression value = Expression.Property(x, Column.Member);
        switch (Function)
        {
            case AggregateFunction.CountDistinct:
                var values = Expression.Call(typeof(Enumerable), nameof(Enumerable.Select), [typeof(T), value.Type], group, Expression.Lambda(value, x));
                var distinct = Expression.Call(typeof(Enumerable), nameof(Enumerable.Distinct), [value.Type], values);
                return Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [value.Type], distinct);
            case AggregateFunction.Sum or AggregateFunction.Avg:
                var number = Expression.Lambda<Func<T, decimal?>>(Expression.Convert(value, typeof(decimal?)), x);
                var method = Function == AggregateFunction.Sum ? nameof(Enumerable.Sum) : nameof(Enumerable.Average);
                return Expression.Call(typeof(Enumerable), method, [typeof(T)], group, number);
            default:
                // Over a value type that cannot be null, no rows would be an exception; a group has rows.
                return Expression.Call(
                    typeof(Enumerable), Function == AggregateFunction.Min ? nameof(Enumerable.Min) : nameof(Enumerable.Max),
                    [typeof(T), value.Type], group, Expression.Lambda(value, x));
        }
    }
}

/// <summary>What can be done with the values of a group.</summary>
internal enum AggregateFunction
{
    /// <summary>How many objects there are.</summary>
    Count,

    /// <summary>How many different values there are; null does not count.</summary>
    CountDistinct,

    /// <summary>The sum of the values; 0 when there are none.</summary>
    Sum,

    /// <summary>The mean of the values; null when there are none.</summary>
    Avg,

    /// <summary>The smallest value; null when there are none.</summary>
    Min,

    /// <summary>The greatest value; null when there are none.</summary>
    Max,
}
