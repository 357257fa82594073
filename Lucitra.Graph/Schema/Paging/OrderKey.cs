using System.Linq.Expressions;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>One key of a sort. Null counts as greater than every value.</summary>
/// <param name="Value">The value, as an expression on the parameter named <c>x</c> of the query.</param>
/// <param name="Path">Its GraphQL path, which identifies it in cursors.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
internal sealed record OrderKey(Expression Value, string Path, bool Nullable, bool Descending)
{
    public static OrderKey Of(Expression member, string path, bool nullable, SortDirection direction)
    {
        var value = Scalars.Underlying(member.Type) == typeof(bool) ? Number(member) : member;
        return new OrderKey(value, path, nullable, direction == SortDirection.Desc);
    }

    public OrderKey Reversed => this with { Descending = !Descending };

    private ConstantExpression None => Expression.Constant(null, Value.Type);

    /// <summary>The condition that a row comes after one whose value is <paramref name="bound"/>; null when none does.</summary>
    public Expression? After(object? bound)
    {
        if (bound is null)
            return Descending ? Expression.NotEqual(Value, None) : null;

        var beyond = Beyond(bound, orSame: false);
        return Nullable && !Descending ? Expression.OrElse(beyond, Expression.Equal(Value, None)) : beyond;
    }

    /// <summary>
    /// What holds for every row after one whose value is <paramref name="bound"/> and those that tie with it, and narrows an
    /// index to them; null where it takes more than a comparison to say.
    /// </summary>
    public Expression? From(object? bound) => bound is null || (Nullable && !Descending) ? null : Beyond(bound, orSame: true);

    /// <summary>The condition that a row has the same value as <paramref name="bound"/>.</summary>
    public Expression Same(object? bound) => Expression.Equal(Value, bound is null ? None : Parameter.Of(bound, Value.Type));

    // False sorts before true; neither database's boolean can be compared with <.
    private static ConditionalExpression Number(Expression flag)
    {
        var type = flag.Type == typeof(bool) ? typeof(int) : typeof(int?);
        var isTrue = Expression.Equal(flag, Expression.Constant(true, flag.Type));
        var isNull = Expression.Equal(Expression.Convert(flag, typeof(bool?)), Expression.Constant(null, typeof(bool?)));
        Expression notTrue = type == typeof(int)
            ? Expression.Constant(0)
            : Expression.Condition(isNull, Expression.Constant(null, type), Expression.Constant(0, type));
        return Expression.Condition(isTrue, Expression.Constant(1, type), notTrue);
    }

    private BinaryExpression Beyond(object bound, bool orSame)
    {
        var parameter = Parameter.Of(bound, Value.Type);
        Func<Expression, Expression, BinaryExpression> compare = (Descending, orSame) switch
        {
            (true, true) => Expression.LessThanOrEqual,
            (true, false) => Expression.LessThan,
            (false, true) => Expression.GreaterThanOrEqual,
            (false, false) => Expression.GreaterThan,
        };

        // Enums are text in the database and sort as such; only as numbers does an expression compare them.
        if (Value.Type.IsEnum)
            return compare(Expression.Convert(Value, typeof(int)), Expression.Convert(parameter, typeof(int)));
        return Value.Type == typeof(string)
            ? compare(Expression.Call(typeof(string), nameof(string.Compare), null, Value, parameter), Expression.Constant(0))
            : compare(Value, parameter);
    }
}
