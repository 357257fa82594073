using GraphQL.Validation;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// What an operation comes to whatever values its variables have, so that it is not worked out each time: the text of its
/// statements, its pages and its cost.
/// </summary>
/// <param name="Statements">Its statements.</param>
/// <param name="Pages">Its pages, by the number of their connection.</param>
/// <param name="CountsRows">Whether rows are counted.</param>
/// <param name="DependsOnValues">Whether a statement is to be planned for its values.</param>
/// <param name="Cost">What it costs.</param>
internal sealed record ReadShape(
    IReadOnlyList<ReadShape.Statement> Statements, Page?[] Pages, bool CountsRows, bool DependsOnValues, Costs.Cost Cost)
{
    /// <summary>Whether variables have values, all of them, that a column can hold: others make other statements.</summary>
    public static bool Fits(Variables variables)
    {
        foreach (var variable in variables)
        {
            if (variable.Value is null || (variable.Value is string text && text.Contains('\0', StringComparison.Ordinal)))
                return false;
        }

        return true;
    }

    /// <summary>A statement.</summary>
    internal sealed record Statement(string Sql, IReadOnlyList<Parameter> Parameters)
    {
        /// <summary>
        /// The statements with their variables found again among the parameters. Null unless each mention of each variable became a
        /// parameter as it is: then, and only then, nothing else depends on its value.
        /// </summary>
        public static IReadOnlyList<Statement>? AllOf(
            IReadOnlyList<(string Sql, IReadOnlyList<SqlParameterSource> Parameters)> statements, Variables variables, IReadOnlyDictionary<string, int> uses)
        {
            if (!Fits(variables) || !variables.All(IsToBeFound) || variables.DistinctBy(variable => variable.Value, ReferenceEqualityComparer.Instance).Count() < variables.Count())
                return null;
            List<Statement> shaped = [.. statements.Select(statement => new Statement(statement.Sql, [.. statement.Parameters.Select(source => Parameter.Of(source, variables))]))];
            var found = shaped.SelectMany(statement => statement.Parameters).Where(parameter => parameter.Variable is not null).CountBy(parameter => parameter.Variable!).ToDictionary();
            return uses.All(use => found.GetValueOrDefault(use.Key) == use.Value) ? shaped : null;
        }

        // Objects that somebody else may hold, too, are no proof: short texts, and yes and no.
        private static bool IsToBeFound(Variable variable) => variable.Value is string { Length: > 1 } or DateTime or decimal or int or long;
    }

    /// <summary>A parameter.</summary>
    /// <param name="Make">Makes it of a value.</param>
    /// <param name="Variable">The variable whose value it is; null for a value of the document.</param>
    /// <param name="Value">The value of the document. Values of variables are their caller's, and are not kept.</param>
    internal sealed record Parameter(Func<object, NpgsqlParameter?> Make, string? Variable, object? Value)
    {
        public static Parameter Of(SqlParameterSource source, Variables variables) =>
            variables.FirstOrDefault(variable => ReferenceEquals(variable.Value, source.Value)) is { Name: var name }
                ? new Parameter(source.Make, name, Value: null)
                : new Parameter(source.Make, Variable: null, source.Value);

        public NpgsqlParameter Of(Variables variables) => Make(Variable is null ? Value! : Find(variables, Variable))!;

        private static object Find(Variables variables, string name)
        {
            foreach (var variable in variables)
            {
                if (variable.Name == name)
                    return variable.Value!;
            }

            throw new KeyNotFoundException(name);
        }
    }
}
