using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Reads the query string: variables by name, filters by column, and <c>sort</c>.</summary>
internal static class RestQuery
{
    /// <summary>Fills the variables; returns the error to answer with, which names every wrong parameter, or null.</summary>
    public static CodedError? Add(IQueryCollection query, RestParameters parameters, Dictionary<string, object?> variables)
    {
        var wrong = new List<ProblemPart>();
        var where = new Dictionary<string, object?>();
        foreach (var (name, values) in query)
        {
            if (Read(name, values, parameters, variables, where) is { } problem)
                wrong.Add(ProblemPart.Of(problem, ProblemPart.Parameter, name));
        }

        if (where.Count > 0)
            variables[RestParameters.Where] = variables.TryGetValue(RestParameters.Where, out var json) ? Both(json, where) : where;
        return wrong.Count == 0 ? null : new(
            ErrorCodes.InvalidParameter, wrong[0].Detail, new Dictionary<string, object?> { ["errors"] = wrong.Select(part => part.ToMembers()).ToArray() });
    }

    private static Dictionary<string, object?> Both(object? left, object? right) => new() { ["and"] = new List<object?> { left, right } };

    private static string? Read(
        string name, StringValues values, RestParameters parameters, Dictionary<string, object?> variables, Dictionary<string, object?> where)
    {
        if (name != RestDocument.InputVariable && parameters.Variables.TryGetValue(name, out var type))
        {
            if (!RestText.TryRead(type, values, out var value))
                return $"The query parameter '{name}' must be of type {Describe(type)}.";
            variables[name] = value;
            return null;
        }

        if (name == RestParameters.Sort && parameters.SortColumns.Any())
        {
            if (RestFilter.ReadSort(parameters, values, out var order) is { } wrong)
                return wrong;
            return variables.TryAdd(RestParameters.Order, order) ? null : "The query parameters 'sort' and 'order' exclude each other.";
        }

        var problem = RestFilter.Add(where, parameters, name, values, out var known);
        if (known)
            return problem;
        var names = string.Join(", ", parameters.Names);
        return $"The query parameter '{name}' is unknown. {(names.Length > 0 ? $"Known are {names}." : "This route takes none.")}";
    }

    private static string Describe(IGraphType type) => type switch
    {
        NonNullGraphType nonNull => Describe(nonNull.ResolvedType!),
        ListGraphType list => $"[{Describe(list.ResolvedType!)}]",
        _ => type.Name,
    };
}
