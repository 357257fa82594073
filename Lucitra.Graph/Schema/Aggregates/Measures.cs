using Lucitra.Graph.Schema.Filters;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>Reads inputs that name figures: by function, then by column.</summary>
internal static class Measures
{
    public static IEnumerable<(Measure Measure, object Operand)> In<T>(EntityType<T> entity, IDictionary<string, object?>? input, string inputType)
        where T : class
    {
        foreach (var (name, operand) in input ?? new Dictionary<string, object?>())
        {
            if (operand is null)
                throw FilterScope.NullNotSupported(name, inputType);
            if (name == "count")
            {
                yield return (Measure.Count, operand);
                continue;
            }

            var function = Enum.Parse<AggregateFunction>(name, ignoreCase: true);
            foreach (var (column, value) in (IDictionary<string, object?>)operand)
                yield return (new Measure(function, entity.Columns.First(candidate => candidate.Name == column)), value ?? throw FilterScope.NullNotSupported(column, inputType));
        }
    }
}
