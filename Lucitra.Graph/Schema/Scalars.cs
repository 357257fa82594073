using System.Reflection;
using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>Which scalar a property is.</summary>
internal static class Scalars
{
    private static readonly Dictionary<Type, Type> _graphTypes = new()
    {
        [typeof(string)] = typeof(StringGraphType),
        [typeof(bool)] = typeof(BooleanGraphType),
        [typeof(int)] = typeof(IntGraphType),
        [typeof(long)] = typeof(LongType),
        [typeof(double)] = typeof(FloatGraphType),
        [typeof(decimal)] = typeof(DecimalType),
        [typeof(DateOnly)] = typeof(LocalDateType),
        [typeof(DateTime)] = typeof(UtcDateTimeType),
    };

    /// <summary>The name of the scalar in the schema.</summary>
    public static string NameOf(Type clrType) => Underlying(clrType) switch
    {
        { IsEnum: true } choices => choices.Name,
        var type when type == typeof(int) => "Int",
        var type when type == typeof(double) => "Float",
        var type when type == typeof(bool) => "Boolean",
        var type when type == typeof(DateOnly) => "LocalDate",
        var type when type == typeof(long) => "Long",
        var type => type.Name,
    };

    public static bool IsScalar(Type clrType) => Underlying(clrType) is var type && (type.IsEnum || _graphTypes.ContainsKey(type));

    public static Type Of(Type clrType) =>
        Underlying(clrType) is { IsEnum: true } type ? typeof(EnumType<>).MakeGenericType(type) : _graphTypes[Underlying(clrType)];

    public static Type OutputOf(PropertyInfo property)
    {
        var scalar = Of(property.PropertyType);
        return IsNullable(property) ? scalar : typeof(NonNullGraphType<>).MakeGenericType(scalar);
    }

    public static bool IsNullable(PropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    public static Type Underlying(Type clrType) => Nullable.GetUnderlyingType(clrType) ?? clrType;
}
