using System.Buffers;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Runs the document of a REST endpoint and answers with its result.</summary>
internal sealed class RestExecutor(
    GraphQLExecutor executor, RestDocuments documents, ISchema schema, RestProblem problem, IOptions<GraphQLOptions> options)
{
    private readonly int _maxRequestBytes = options.Value.MaxRequestBytes;

    public async Task HandleAsync(HttpContext context, RestRoute route)
    {
        var document = route.Document;
        schema.Initialize();
        var variables = new Dictionary<string, object?>();
        var invalid = MediaTypes.CheckRest(context.Request.Headers.Accept.ToString())
            ?? await RestVariables.ReadAsync(context, document, schema, _maxRequestBytes, variables);
        if (invalid is not null)
        {
            await problem.WriteAsync(context, new ExecutionResult(invalid));
            return;
        }

        var request = new GraphQLRequest { Query = document.Text, OperationName = document.Name, Variables = new(variables) };
        var result = await executor.ExecuteAsync(
            request, OperationCaller.Of(context), OperationKinds.QueryOrMutation, context.RequestAborted);
        if (result.Errors is { Count: > 0 })
        {
            await problem.WriteAsync(context, result);
            return;
        }

        var data = new ArrayBufferWriter<byte>();
        ResultJson.Write(data, result.Data, NodeJson.WriteData);
        using var json = JsonDocument.Parse(data.WrittenMemory);
        await WriteAsync(context, route, json.RootElement.GetProperty(RestDocument.ResultField));
    }

    /// <summary>Answers OPTIONS, and every method that the route does not take.</summary>
    public Task HandleOtherMethodAsync(HttpContext context, string pattern)
    {
        var methods = documents.Routes.Where(route => route.Pattern == pattern).Select(route => route.Method).ToList();
        var allowed = methods.Contains(HttpMethods.Get) ? methods.Prepend(HttpMethods.Head) : methods;
        context.Response.Headers.Allow = string.Join(", ", allowed.Append(HttpMethods.Options).Order(StringComparer.Ordinal));
        if (!HttpMethods.IsOptions(context.Request.Method))
            return RestProblem.WriteNotAllowedAsync(context);

        if (methods.Contains(HttpMethods.Patch))
            context.Response.Headers["Accept-Patch"] = MediaTypes.Patch;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task WriteAsync(HttpContext context, RestRoute route, JsonElement result)
    {
        if (result.ValueKind == JsonValueKind.Null)
            return RestProblem.WriteNotFoundAsync(context);
        if (!route.Document.HasPayload)
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, result);
        if (result.GetProperty(RestDocument.ErrorsField) is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0)
            return RestProblem.WriteAsync(context, [.. errors.EnumerateArray()]);

        if (!result.TryGetProperty(RestDocument.ItemField, out var item) || item.ValueKind == JsonValueKind.Null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        if (!documents.Creates(route))
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, item);

        if (item.TryGetProperty("id", out var id))
        {
            var request = context.Request;
            context.Response.Headers.Location = $"{request.PathBase}{request.Path}/{Uri.EscapeDataString(id.ToString())}";
        }

        return RestResponse.WriteAsync(context, StatusCodes.Status201Created, item);
    }
}
