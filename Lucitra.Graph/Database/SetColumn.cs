using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lucitra.Graph.Database;

/// <summary>A column of a <see cref="SetTable"/>.</summary>
internal sealed class SetColumn
{
    private readonly IClrPropertyGetter _getter;
    private readonly Func<object?, object?>? _convert;

    public SetColumn(IProperty property)
    {
        var mapping = property.GetRelationalTypeMapping();
        Name = property.GetColumnName();
        StoreType = mapping.StoreTypeNameBase;
        IsJson = property.FindAnnotation(JsonColumn.Annotation) is not null;
        _getter = property.GetGetter();
        _convert = mapping.Converter?.ConvertToProvider;
        var type = mapping.Converter?.ProviderClrType ?? property.ClrType;
        ValueType = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    public string Name { get; }

    /// <summary>The column's type in the database, without limits.</summary>
    public string StoreType { get; }

    public bool IsJson { get; }

    /// <summary>The type of its values as the database takes them, null among them.</summary>
    public Type ValueType { get; }

    /// <summary>The entity's value, as the database takes it.</summary>
    public object? Read(object entity) => ToStore(_getter.GetClrValue(entity));

    /// <summary>The same, told apart from text where it is a document.</summary>
    public object? Write(object entity) => Read(entity) is var value && IsJson && value is string text ? new JsonText(text) : value;

    public object? ToStore(object? value) => value is null ? null : _convert is null ? value : _convert(value);
}
