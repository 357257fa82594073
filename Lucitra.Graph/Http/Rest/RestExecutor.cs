using GraphQL;
using GraphQL.Execution;
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
            request, OperationCaller.Of(context) with { NeedsTree = true }, OperationKinds.QueryOrMutation, context.RequestAborted);
        if (result.Errors is { Count: > 0 })
            await problem.WriteAsync(context, result);
        else
            await WriteAsync(context, route, Member(result.Data as ObjectExecutionNode, RestDocument.ResultField));
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

    private Task WriteAsync(HttpContext context, RestRoute route, ObjectExecutionNode? result)
    {
        if (result is null)
            return RestProblem.WriteNotFoundAsync(context);
        if (!route.Document.HasPayload)
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, result);
        if (Find(result, RestDocument.ErrorsField) is ArrayExecutionNode { Items: { Count: > 0 } errors })
            return RestProblem.WriteAsync(context, errors);

        var item = Member(result, RestDocument.ItemField);
        if (item is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        if (!documents.Creates(route))
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, item);

        if (Find(item, "id")?.ToValue() is { } id)
        {
            var request = context.Request;
            context.Response.Headers.Location = $"{request.PathBase}{request.Path}/{Uri.EscapeDataString(id.ToString()!)}";
        }

        return RestResponse.WriteAsync(context, StatusCodes.Status201Created, item);
    }

    private static ObjectExecutionNode? Member(ObjectExecutionNode? node, string name) =>
        node is null ? null : Find(node, name) as ObjectExecutionNode is { SubFields: not null } found ? found : null;

    private static ExecutionNode? Find(ObjectExecutionNode node, string name) =>
        Array.Find(node.SubFields!, field => field.Name == name);
}
