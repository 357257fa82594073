using GraphQL.Types;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Which operation input a column takes.</summary>
internal static class Operations
{
    private static readonly Dictionary<Type, Type> _types = new()
    {
        [typeof(string)] = typeof(StringOperationFilterInputType),
        [typeof(bool)] = typeof(BooleanOperationFilterInputType),
        [typeof(int)] = typeof(ComparableOperationFilterInputType<IntGraphType>),
        [typeof(long)] = typeof(ComparableOperationFilterInputType<LongType>),
        [typeof(decimal)] = typeof(ComparableOperationFilterInputType<DecimalType>),
        [typeof(DateTime)] = typeof(ComparableOperationFilterInputType<UtcDateTimeType>),
    };

    public static Type TypeFor(EntityColumn column) =>
        column.Ids is not null ? typeof(IdOperationFilterInputType) : TypeFor(column.Member.PropertyType);

    public static Type TypeFor(Type clrType) =>
        Scalars.Underlying(clrType) is { IsEnum: true } type ? typeof(EnumOperationFilterInputType<>).MakeGenericType(type) : _types[Scalars.Underlying(clrType)];
}
