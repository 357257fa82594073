using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Reads filters and sorting from the query string: <c>email=ada@northwharf.example</c>, the same again for any of several
/// values, <c>amount[gte]=100</c> for the operations of the schema, <c>stageId[in]=a,b</c>, <c>ownerId[exists]=false</c>,
/// <c>stage.label=Won</c> for a column of a reference; and <c>sort=-createdAt,lastName</c>.
/// </summary>
internal static class RestFilter
{
    /// <summary>Whether there is a value at all; the operation is <c>eq</c> or <c>neq</c> of null.</summary>
    public const string Exists = "exists";

    public const char Separator = ',';

    private const string Equal = "eq";
    private const string AnyOf = "in";
    private const string NoneOf = "nin";

    /// <summary>Adds the condition to the filter; returns what is wrong with it, or null. <paramref name="known"/> is false when there is no such column.</summary>
    public static string? Add(Dictionary<string, object?> where, RestParameters parameters, string key, StringValues values, out bool known)
    {
        var (column, operation) = Split(key);
        var path = column.Split('.');
        known = parameters.Operations(path) is not null;
        if (parameters.Operations(path) is not { } operations)
            return null;

        operation ??= values.Count > 1 ? AnyOf : Equal;
        if (!TryRead(operations, ref operation, values, out var operand, out var wrong))
            return $"The query parameter '{key}' {wrong}.";

        var conditions = ObjectAt(where, path);
        return conditions.TryAdd(operation, operand) ? null : $"The query parameter '{key}' repeats a condition.";
    }

    /// <summary>The order that <c>sort</c> asks for; returns what is wrong with it, or null.</summary>
    public static string? ReadSort(RestParameters parameters, StringValues values, out List<object?> order)
    {
        order = [];
        foreach (var key in values.SelectMany(value => (value ?? "").Split(Separator)).Select(key => key.Trim()))
        {
            var descends = key.StartsWith('-');
            var path = (descends ? key[1..] : key).Split('.');
            if (!parameters.CanSort(path))
                return $"The query parameter '{RestParameters.Sort}' has '{key}'. Known are {string.Join(", ", parameters.SortColumns)}, with - before one for the opposite direction.";

            var one = new Dictionary<string, object?>();
            ObjectAt(one, path[..^1])[path[^1]] = descends ? "DESC" : "ASC";
            order.Add(one);
        }

        return null;
    }

    private static (string Column, string? Operation) Split(string key)
    {
        var bracket = key.IndexOf('[', StringComparison.Ordinal);
        return bracket > 0 && key.EndsWith(']') ? (key[..bracket], key[(bracket + 1)..^1]) : (key, null);
    }

    private static bool TryRead(IInputObjectGraphType operations, ref string operation, StringValues values, out object? operand, out string wrong)
    {
        (operand, wrong) = (null, "");
        if (operation == Exists)
        {
            wrong = "must be true or false";
            if (values is not [{ } flag] || !bool.TryParse(flag, out var exists))
                return false;
            operation = exists ? "neq" : Equal;
            return true;
        }

        if (operation is "and" or "or" || operations.Fields.Find(operation) is not { } field)
        {
            var names = operations.Fields.Select(known => known.Name).Where(name => name is not ("and" or "or")).Append(Exists).Order(StringComparer.Ordinal);
            wrong = $"has no operation '{operation}'. Known are {string.Join(", ", names)}";
            return false;
        }

        // Repeated plainly, a value may itself hold commas.
        var isList = field.ResolvedType is ListGraphType;
        if (isList && values is [{ } listed] && operation is AnyOf or NoneOf)
            values = listed.Split(Separator);
        wrong = $"must be {(isList ? "a list of" : "one")} {field.ResolvedType!.GetNamedType().Name}";
        return RestText.TryRead(field.ResolvedType!, values, out operand);
    }

    private static Dictionary<string, object?> ObjectAt(Dictionary<string, object?> root, string[] path)
    {
        foreach (var name in path)
        {
            if (!root.TryGetValue(name, out var inner))
                root[name] = inner = new Dictionary<string, object?>();
            root = (Dictionary<string, object?>)inner!;
        }

        return root;
    }
}
