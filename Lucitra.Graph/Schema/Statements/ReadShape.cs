using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// What an operation comes to whatever some values of its variables are, so that it is not worked out each time: the text of its
/// statements, its pages and its cost.
/// </summary>
/// <param name="expected">What the variables have to be; <see cref="AnyOf"/> where a value is a parameter and nothing else.</param>
/// <param name="statements">The statements.</param>
/// <param name="run">The run that it was learnt from.</param>
/// <param name="cost">What it costs.</param>
internal sealed class ReadShape(object?[] expected, IReadOnlyList<ShapedStatement> statements, ReadRun run, Costs.Cost cost)
{
    public IReadOnlyList<ShapedStatement> Statements => statements;

    /// <summary>The pages, by the number of their connection.</summary>
    public Page?[] Pages { get; } = run.Pages;

    public bool CountsRows { get; } = run.CountsRows;

    public bool DependsOnValues { get; } = run.DependsOnValues;

    public Costs.Cost Cost => cost;

    /// <summary>
    /// The shape of an operation that was run with these variables. A value that is mentioned once in the operation, and became a
    /// parameter as it is, may be another one next time: nothing else depends on it. Null, yes and no, whole numbers and enum values that
    /// became none have to be the same again; for any other value there is no shape.
    /// </summary>
    public static ReadShape? Of(VariableLeaves variables, IReadOnlyList<(string Sql, IReadOnlyList<SqlParameterSource> Parameters)> written, ReadRun run, Costs.Cost cost)
    {
        var expected = variables.Parts.ToArray();
        var found = new int[expected.Length];
        List<ShapedStatement> statements = [];
        foreach (var (sql, parameters) in written)
        {
            List<ShapedParameter> shaped = [];
            foreach (var source in parameters)
            {
                var place = variables.PlaceOf(source.Value);
                if (place >= 0)
                    found[place]++;
                shaped.Add(new ShapedParameter(source.Make, place, place < 0 ? source.Value : null));
            }

            statements.Add(new ShapedStatement(sql, shaped));
        }

        foreach (var (place, uses) in variables.Uses)
        {
            var value = expected[place];
            if (uses == 1 && found[place] > 0 && VariableLeaves.IsOwn(value))
                expected[place] = new AnyOf(value!.GetType());
            else if (found[place] > 0 || value is not (null or bool or int or long or Enum))
                return null;
        }

        return new ReadShape(expected, statements, run, cost);
    }

    public bool Fits(VariableLeaves variables)
    {
        if (variables.Parts.Count != expected.Length)
            return false;
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(expected[i] is AnyOf any ? any.Takes(variables.Parts[i]) : Equals(expected[i], variables.Parts[i])))
                return false;
        }

        return true;
    }

    /// <summary>Any value of a type that a column can hold.</summary>
    private sealed record AnyOf(Type Type)
    {
        public bool Takes(object? value) => value?.GetType() == Type && !(value is string text && text.Contains('\0', StringComparison.Ordinal));
    }
}

/// <summary>A statement of a shape.</summary>
internal sealed record ShapedStatement(string Sql, IReadOnlyList<ShapedParameter> Parameters);

/// <summary>A parameter of a shape.</summary>
/// <param name="Make">Makes it of a value.</param>
/// <param name="Place">Where its value is among those of the variables; -1 for a value of the document.</param>
/// <param name="Value">The value of the document. Values of variables are their caller's, and are not kept.</param>
internal sealed record ShapedParameter(Func<object, NpgsqlParameter?> Make, int Place, object? Value)
{
    /// <summary>The parameter; null where the value makes another statement after all.</summary>
    public NpgsqlParameter? Of(VariableLeaves variables) => Make(Place < 0 ? Value! : variables.Parts[Place]!);
}
