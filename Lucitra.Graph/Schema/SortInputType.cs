using System.Linq.Expressions;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema;

/// <summary>The sort input of an entity: its columns and those of its references.</summary>
internal sealed class SortInputType<T> : SortInputType
    where T : class
{
    private const string Property = "property";

    private readonly EntityType<T> _entity;

    public SortInputType(EntityType<T> entity)
    {
        _entity = entity;
        Name = $"{entity.Name}SortInput";
        Description = $"By what to sort objects of type {entity.Name}. Null sorts as the greatest value, and text by code point.";
        foreach (var column in entity.Columns)
            AddField(new FieldType { Name = column.Name, Type = typeof(SortEnumType), Description = Documentation.Of(column.Member) }.Needs(column));
        foreach (var link in entity.References)
            AddField(new FieldType { Name = link.Name, Type = typeof(SortInputType<>).MakeGenericType(link.Target), Description = Documentation.Of(link.Member) });
        if (entity.Named is not null)
            AddField(new FieldType { Name = Property, Type = typeof(ListGraphType<NonNullGraphType<PropertySortInputType>>), Description = "By properties, the most important first." }.AccessByName(entity.Named));
    }

    public override void Collect(Expression instance, string path, IEnumerable<KeyValuePair<string, object?>> members, ICollection<OrderKey> keys)
    {
        foreach (var (name, operand) in members)
        {
            if (operand is null)
                throw NullOperand.ForSort(Fields.Find(name)!, Name);
            if (_entity.Columns.FirstOrDefault(column => column.Name == name) is { } found)
            {
                var (column, value) = found.In(instance);
                keys.Add(OrderKey.Of(value, $"{path}{name}", column.Nullable, (SortDirection)operand));
                continue;
            }

            if (name == Property && _entity.Named is { } values)
            {
                PropertySortInputType.Collect(instance, $"{path}{Property}.", values, (IEnumerable<object?>)operand, keys);
                continue;
            }

            var link = _entity.References.First(link => link.Name == name);
            ((SortInputType)Fields.Find(name)!.ResolvedType!).Collect(
                Expression.Property(instance, link.Member), $"{path}{name}.", (IDictionary<string, object?>)operand, keys);
        }
    }

    public override void Collect(SqlPlace place, string path, IEnumerable<KeyValuePair<string, object?>> members, ICollection<SqlKey> keys)
    {
        foreach (var (name, operand) in members)
        {
            if (operand is null)
                throw NullOperand.ForSort(Fields.Find(name)!, Name);
            if (_entity.Columns.FirstOrDefault(column => column.Name == name) is { } column)
                keys.Add(SqlKey.Of(place, column, $"{path}{name}", (SortDirection)operand));
            else if (_entity.References.FirstOrDefault(link => link.Name == name) is { } link)
                ((SortInputType)Fields.Find(name)!.ResolvedType!).Collect(place.Join(link.Member), $"{path}{name}.", (IDictionary<string, object?>)operand, keys);
            else
                place.Statement.Forgo();
        }
    }
}

/// <summary>A sort input, where its entity is not known at compile time.</summary>
internal abstract class SortInputType : InputObjectGraphType
{
    /// <summary>Adds the keys that <paramref name="members"/> ask for, in their order.</summary>
    public abstract void Collect(Expression instance, string path, IEnumerable<KeyValuePair<string, object?>> members, ICollection<OrderKey> keys);

    /// <summary>The same as keys of the rows of a query.</summary>
    public abstract void Collect(SqlPlace place, string path, IEnumerable<KeyValuePair<string, object?>> members, ICollection<SqlKey> keys);
}

/// <summary>The direction of a sort.</summary>
internal enum SortDirection
{
    /// <summary>From the smallest value to the greatest, null last.</summary>
    Asc,

    /// <summary>From the greatest value to the smallest, null first.</summary>
    Desc,
}

/// <summary>The GraphQL enum of sort directions.</summary>
internal sealed class SortEnumType : EnumerationGraphType<SortDirection>
{
    public SortEnumType()
    {
        Name = "SortEnumType";
        Description = "The direction of a sort.";
        foreach (var value in Values)
            value.Description = Documentation.Of(typeof(SortDirection).GetField(((SortDirection)value.Value!).ToString())!);
    }
}
