using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>An input with one field for each column that a function can be taken over.</summary>
internal sealed class FiguresInputType : InputObjectGraphType
{
    public FiguresInputType(string entity, IEnumerable<EntityColumn> columns, AggregateFunction function, string purpose, Func<EntityColumn, Type> typeOf)
    {
        Function = function;
        Name = $"{entity}{function}{purpose}Input";
        Description = $"By column: {purpose.ToLowerInvariant()} on the figure `{Measure.NameOf(function)}`.";
        foreach (var column in columns.Where(column => Measure.Applies(function, column)))
            AddField(new FieldType { Name = column.Name, Type = typeOf(column), Description = Documentation.Of(column.Member) }.Needs(column));
    }

    public AggregateFunction Function { get; }
}
