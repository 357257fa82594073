using System.Linq.Expressions;
using GraphQL.Types;
using Lucitra.Graph.Schema.Filters;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>Which groups to keep, by their figures.</summary>
internal sealed class HavingInputType<T> : InputObjectGraphType
    where T : class
{
    private readonly EntityType<T> _entity;

    public HavingInputType(EntityType<T> entity)
    {
        _entity = entity;
        Name = $"{entity.Name}HavingInput";
        Description = "Which groups to keep: those for whose figures every condition holds.";
        foreach (var function in Enum.GetValues<AggregateFunction>())
        {
            AddField(new FieldType
            {
                Name = Measure.NameOf(function),
                Description = Measure.Describe(function),
                Type = function == AggregateFunction.Count ? Operations.TypeFor(typeof(int)) : null,
                ResolvedType = function == AggregateFunction.Count
                    ? null
                    : new FiguresInputType(entity.Name, entity.Columns, function, "Having", column => Operations.TypeFor(Measure.TypeOf(function, column))),
            });
        }
    }

    /// <summary>The condition on a group; null keeps all.</summary>
    public LambdaExpression? Argument(Type groupType, IDictionary<string, object?>? having, int maxOperations)
    {
        var scope = new FilterScope();
        var group = Expression.Parameter(groupType, "g");
        Expression? condition = null;
        foreach (var (measure, operand) in Measures.In(_entity, having, this, NullOperand.ForFilter))
        {
            var figure = measure.Over<T>(group);
            var part = OperationsOn(measure).Build(figure, measure.AsColumn(), (IDictionary<string, object?>)operand, scope);
            condition = condition is null ? part : part is null ? condition : Expression.AndAlso(condition, part);
        }

        scope.Require(maxOperations);
        return condition is null ? null : Expression.Lambda(condition, group);
    }

    private OperationFilterInputType OperationsOn(Measure measure)
    {
        var field = Fields.Find(Measure.NameOf(measure.Function))!;
        return (OperationFilterInputType)(measure.Column is { } column
            ? ((FiguresInputType)field.ResolvedType!).Fields.Find(column.Name)!.ResolvedType!
            : field.ResolvedType!);
    }
}
