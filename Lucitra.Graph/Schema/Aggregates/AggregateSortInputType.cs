using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>By what to sort groups: by a key of the grouping or by a figure.</summary>
internal sealed class AggregateSortInputType<T> : InputObjectGraphType
    where T : class
{
    private readonly EntityType<T> _entity;

    public AggregateSortInputType(EntityType<T> entity)
    {
        _entity = entity;
        Name = $"{entity.Name}AggregateSortInput";
        Description = "By what to sort groups. Null sorts as the greatest value, and text by code point.";
        AddField(new FieldType
        {
            Name = "key",
            Description = "By keys of the grouping.",
            ResolvedType = new KeysInputType(entity),
        });
        foreach (var function in Enum.GetValues<AggregateFunction>())
        {
            AddField(new FieldType
            {
                Name = Measure.NameOf(function),
                Description = Measure.Describe(function),
                Type = function == AggregateFunction.Count ? typeof(SortEnumType) : null,
                ResolvedType = function == AggregateFunction.Count
                    ? null
                    : new FiguresInputType(entity.Name, entity.Columns, function, "Sort", _ => typeof(SortEnumType)),
            });
        }
    }

    /// <summary>The keys and figures that the argument <c>order</c> sorts by.</summary>
    public IEnumerable<(object By, SortDirection Direction)> Argument(object? order, List<GroupKey> grouping)
    {
        foreach (var item in order as IEnumerable<object?> ?? [])
        {
            var members = new Dictionary<string, object?>((IDictionary<string, object?>)item!);
            if (members.Remove("key", out var byKeys))
            {
                foreach (var key in Keys(byKeys, grouping))
                    yield return key;
            }

            foreach (var (measure, direction) in Measures.In(_entity, members, this, NullOperand.ForSort))
                yield return (measure, (SortDirection)direction);
        }
    }

    private IEnumerable<(object By, SortDirection Direction)> Keys(object? byKeys, List<GroupKey> grouping)
    {
        var field = Fields.Find("key")!;
        if (byKeys is null)
            throw NullOperand.ForSort(field, Name);

        var type = (KeysInputType)field.ResolvedType!;
        foreach (var (name, direction) in (IDictionary<string, object?>)byKeys)
        {
            var key = grouping.Find(key => key.Column.Name == name)
                ?? throw new CodedError(ErrorCodes.InvalidGrouping, $"The grouping has no key `{name}` to sort by.");
            yield return (key, (SortDirection)(direction ?? throw NullOperand.ForSort(type.Fields.Find(name)!, type.Name)));
        }
    }

    private sealed class KeysInputType : InputObjectGraphType
    {
        public KeysInputType(EntityType<T> entity)
        {
            Name = $"{entity.Name}KeySortInput";
            Description = "By keys of the grouping, each of which the grouping must have.";
            foreach (var column in entity.Columns.Where(column => column.Ids is null))
                AddField(new FieldType { Name = column.Name, Type = typeof(SortEnumType), Description = Documentation.Of(column.Member) }.Needs(column));
        }
    }
}
