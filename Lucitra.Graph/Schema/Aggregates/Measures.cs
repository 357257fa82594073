using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>Reads inputs that name figures: by function, then by column.</summary>
internal static class Measures
{
    public static IEnumerable<(Measure Measure, object Operand)> In<T>(
        EntityType<T> entity, IDictionary<string, object?>? members, IComplexGraphType input, Func<FieldType, string, CodedError> nullOperand)
        where T : class
    {
        foreach (var (name, operand) in members ?? new Dictionary<string, object?>())
        {
            var field = input.Fields.Find(name)!;
            if (operand is null)
                throw nullOperand(field, input.Name);
            if (field.ResolvedType is not FiguresInputType figures)
            {
                yield return (Measure.Count, operand);
                continue;
            }

            foreach (var (columnName, value) in (IDictionary<string, object?>)operand)
            {
                var column = entity.Columns.First(candidate => candidate.Name == columnName);
                yield return (new Measure(figures.Function, column), value ?? throw nullOperand(figures.Fields.Find(columnName)!, figures.Name));
            }
        }
    }
}
