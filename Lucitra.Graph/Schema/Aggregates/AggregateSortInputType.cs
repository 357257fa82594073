using GraphQL.Types;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>By what to sort groups: by a key of the grouping or by a figure.</summary>
internal sealed class AggregateSortInputType<T> : InputObjectGraphType
    where T : class
{
    public AggregateSortInputType(EntityType<T> entity)
    {
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

    private sealed class KeysInputType : InputObjectGraphType
    {
        public KeysInputType(EntityType<T> entity)
        {
            Name = $"{entity.Name}KeySortInput";
            Description = "By keys of the grouping, each of which the grouping must have.";
            foreach (var column in entity.Columns.Where(column => column.Ids is null))
                AddField(new FieldType { Name = column.Name, Type = typeof(SortEnumType), Description = Documentation.Of(column.Member) });
        }
    }
}
