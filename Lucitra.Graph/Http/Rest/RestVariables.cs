using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Turns a REST request into the variables that its document declares.</summary>
internal static class RestVariables
{
    /// <summary>Fills the variables; returns the error to answer with, or null.</summary>
    public static async Task<ExecutionError?> ReadAsync(
        HttpContext context, RestDocument document, ISchema schema, int maxBytes, Dictionary<string, object?> variables)
    {
        var request = context.Request;
        var parameters = document.ParametersIn(schema);
        return await AddBodyAsync(context, document, variables, maxBytes)
            ?? RestQuery.Add(request.Query, parameters, variables)
            ?? AddRoute(request.RouteValues, parameters, variables)
            ?? RestPreconditions.Add(request, parameters, variables);
    }

    /// <summary>The input that the body became; null when the document takes none.</summary>
    public static Dictionary<string, object?>? InputIn(Dictionary<string, object?> variables) =>
        variables.GetValueOrDefault(RestDocument.InputVariable) as Dictionary<string, object?>;

    public static CodedError Invalid(string message, string kind, string name) => new(
        ErrorCodes.InvalidParameter, message, new Dictionary<string, object?> { ["errors"] = new[] { ProblemPart.Of(message, kind, name).ToMembers() } });

    private static async Task<ExecutionError?> AddBodyAsync(
        HttpContext context, RestDocument document, Dictionary<string, object?> variables, int maxBytes)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;

        var hasNoBody = request.ContentLength is 0 || (request.ContentLength is null && request.ContentType is null);
        if (hasNoBody && !HttpMethods.IsPut(request.Method) && !HttpMethods.IsPatch(request.Method))
        {
            if (document.HasInput)
                variables[RestDocument.InputVariable] = new Dictionary<string, object?>();
            return null;
        }

        var isMergePatch = HttpMethods.IsPatch(request.Method) && MediaTypes.IsMergePatch(request.ContentType);
        if (!isMergePatch && !MediaTypes.IsJson(request.ContentType))
        {
            context.Response.Headers.Accept = HttpMethods.IsPatch(request.Method) ? MediaTypes.Patch : "application/json";
            return new CodedError(ErrorCodes.UnsupportedMediaType, "The request body must be application/json in UTF-8.");
        }

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
                return Invalid($"The body member '{name}' is unknown.", ProblemPart.Pointer, name);
            variables[name] = value;
        }

        return null;
    }

    private static CodedError? AddRoute(RouteValueDictionary route, RestParameters parameters, Dictionary<string, object?> variables)
    {
        foreach (var (name, value) in route)
        {
            // Routing decodes everything but the slash, which the standard alphabet of ids has.
            var text = value?.ToString()?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
            if (parameters.Variables.TryGetValue(name, out var type))
            {
                if (!RestText.TryRead(type, text, out var converted))
                    return Invalid($"The path segment '{name}' must be of type {type.GetNamedType().Name}.", ProblemPart.Parameter, name);
                variables[name] = converted;
            }
            else if (InputIn(variables) is { } input)
            {
                // The path says which record; a body that names another one is a mistake, not an order.
                if (input.TryGetValue(name, out var other) && !text!.Equals(other as string, StringComparison.Ordinal))
                    return Invalid($"The body member '{name}' differs from the path.", ProblemPart.Pointer, name);
                input[name] = text;
            }
        }

        return null;
    }
}
