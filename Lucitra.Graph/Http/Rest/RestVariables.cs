using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Turns a REST request into the variables that its document declares.</summary>
internal static class RestVariables
{
    /// <summary>Reads the variables; returns the error to answer with, or null.</summary>
    public static async Task<(Dictionary<string, object?> Variables, ExecutionError? Error)> ReadAsync(
        HttpContext context, RestDocument document, ISchema schema, int maxBytes)
    {
        var variables = new Dictionary<string, object?>();
        var error = await AddBodyAsync(context, document, variables, maxBytes)
            ?? AddQuery(context.Request.Query, document, schema, variables)
            ?? AddRoute(context.Request.RouteValues, document, schema, variables);
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

    private static CodedError? AddQuery(IQueryCollection query, RestDocument document, ISchema schema, Dictionary<string, object?> variables)
    {
        foreach (var (name, values) in query)
        {
            if (name == RestDocument.InputVariable || !document.Variables.TryGetValue(name, out var type))
                return Invalid($"The query parameter '{name}' is unknown.", name);
            if (!RestText.TryRead(type, values, schema, out var value))
                return Invalid($"The query parameter '{name}' must be of type {Describe(type)}.", name);
            variables[name] = value;
        }

        return null;
    }

    private static CodedError? AddRoute(RouteValueDictionary route, RestDocument document, ISchema schema, Dictionary<string, object?> variables)
    {
        foreach (var (name, value) in route)
        {
            // Routing decodes everything but the slash, which the standard alphabet of ids has.
            var text = value?.ToString()?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            if (document.Variables.TryGetValue(name, out var type))
            {
                if (!RestText.TryRead(type, text, schema, out var converted))
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

    private static string Describe(GraphQLType type) => type switch
    {
        GraphQLNonNullType nonNull => Describe(nonNull.Type),
        GraphQLListType list => $"[{Describe(list.Type)}]",
        _ => ((GraphQLNamedType)type).Name.StringValue,
    };

    private static CodedError Invalid(string message, string parameter) =>
        new(ErrorCodes.InvalidParameter, message, new Dictionary<string, object?> { ["parameter"] = parameter });
}
