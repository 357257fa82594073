using System.Globalization;
using GraphQL;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Turns a REST request into the variables that its document declares.</summary>
internal static class RestVariables
{
    /// <summary>Reads the variables; returns the error to answer with, or null.</summary>
    public static async Task<(Dictionary<string, object?> Variables, ExecutionError? Error)> ReadAsync(
        HttpContext context, RestDocument document, int maxBytes)
    {
        var variables = new Dictionary<string, object?>();
        var error = await AddBodyAsync(context, document, variables, maxBytes)
            ?? AddQuery(context.Request.Query, document, variables)
            ?? AddRoute(context.Request.RouteValues, document, variables);
        return (variables, error);
    }

    private static async Task<ExecutionError?> AddBodyAsync(
        HttpContext context, RestDocument document, Dictionary<string, object?> variables, int maxBytes)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method))
            return null;

        var hasNoBody = request.ContentLength is 0 || (request.ContentLength is null && request.ContentType is null);
        if (hasNoBody && HttpMethods.IsDelete(request.Method))
        {
            if (document.HasInput)
                variables[RestDocument.InputVariable] = new Dictionary<string, object?>();
            return null;
        }

        if (!MediaTypes.IsJson(request.ContentType))
            return new CodedError(ErrorCodes.UnsupportedMediaType, "The request body must be application/json in UTF-8.");

        var (body, error) = await RestBody.ReadAsync(context, maxBytes);
        if (error is not null)
            return error;
        if (document.HasInput)
        {
            variables[RestDocument.InputVariable] = body;
            return null;
        }

        foreach (var (name, value) in body)
        {
            if (!document.Variables.ContainsKey(name))
                return Invalid($"The body member '{name}' is unknown.", name);
            variables[name] = value;
        }

        return null;
    }

    private static CodedError? AddQuery(IQueryCollection query, RestDocument document, Dictionary<string, object?> variables)
    {
        foreach (var (name, values) in query)
        {
            if (name == RestDocument.InputVariable || !document.Variables.TryGetValue(name, out var type))
                return Invalid($"The query parameter '{name}' is unknown.", name);
            if (!TryConvert(type, values, out var value))
                return Invalid($"The query parameter '{name}' must be of type {Describe(type)}.", name);
            variables[name] = value;
        }

        return null;
    }

    private static CodedError? AddRoute(RouteValueDictionary route, RestDocument document, Dictionary<string, object?> variables)
    {
        foreach (var (name, value) in route)
        {
            var text = value?.ToString();
            if (document.Variables.TryGetValue(name, out var type))
            {
                if (!TryConvert(type, text, out var converted))
                    return Invalid($"The path segment '{name}' must be of type {Describe(type)}.", name);
                variables[name] = converted;
            }
            else if (variables.GetValueOrDefault(RestDocument.InputVariable) is Dictionary<string, object?> input)
            {
                // The path says which record; a body that names another one is a mistake, not an order.
                if (input.TryGetValue(name, out var other) && !text!.Equals(other as string, StringComparison.Ordinal))
                    return Invalid($"The body member '{name}' differs from the path.", name);
                input[name] = text;
            }
        }

        return null;
    }

    private static bool TryConvert(GraphQLType type, StringValues values, out object? value)
    {
        switch (type)
        {
            case GraphQLNonNullType nonNull:
                return TryConvert(nonNull.Type, values, out value);
            case GraphQLListType list:
                var items = new List<object?>();
                value = items;
                foreach (var item in values)
                {
                    if (!TryConvert(list.Type, item, out var converted))
                        return false;
                    items.Add(converted);
                }

                return true;
            default:
                value = null;
                return values.Count == 1 && TryConvertOne(((GraphQLNamedType)type).Name.StringValue, values[0]!, out value);
        }
    }

    // Enums, ids and the other scalars take text; the engine checks it against the schema.
    private static bool TryConvertOne(string type, string text, out object? value)
    {
        value = type switch
        {
            "Int" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Decimal" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Boolean" => bool.TryParse(text, out var flag) ? flag : null,
            _ => text,
        };
        return value is not null;
    }

    private static string Describe(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => Describe(nonNull.Type),
        GraphQLListType list => $"[{Describe(list.Type)}]",
        _ => ((GraphQLNamedType)type).Name.StringValue,
    };

    private static CodedError Invalid(string message, string parameter) =>
        new(ErrorCodes.InvalidParameter, message, new Dictionary<string, object?> { ["parameter"] = parameter });
}
