using GraphQL;
using GraphQL.Execution;
using GraphQL.Transport;
using GraphQL.Types;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Runs the document of a REST endpoint and answers with its result.</summary>
internal sealed class RestExecutor(GraphQLExecutor executor, ISchema schema, RestProblem problem, IOptions<GraphQLOptions> options)
{
    private readonly int _maxRequestBytes = options.Value.MaxRequestBytes;

    public async Task HandleAsync(HttpContext context, RestDocument document)
    {
        var (variables, invalid) = await RestVariables.ReadAsync(context, document, schema, _maxRequestBytes);
        if (invalid is not null)
        {
            await problem.WriteAsync(context, new ExecutionResult(invalid));
            return;
        }

        var request = new GraphQLRequest { Query = document.Text, OperationName = document.Name, Variables = new(variables) };
        var result = await executor.ExecuteAsync(
            request, OperationCaller.Of(context), OperationKinds.QueryOrMutation, context.RequestAborted);
        if (result.Errors is { Count: > 0 })
            await problem.WriteAsync(context, result);
        else
            await WriteAsync(context, document, Member(result.Data as ObjectExecutionNode, RestDocument.ResultField));
    }

    private static Task WriteAsync(HttpContext context, RestDocument document, ObjectExecutionNode? result)
    {
        if (result is null)
            return RestProblem.WriteNotFoundAsync(context);
        if (!document.HasPayload)
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, result);
        if (Find(result, "errors") is ArrayExecutionNode { Items: { Count: > 0 } errors })
            return RestProblem.WriteAsync(context, errors);

        var item = Member(result, "item");
        if (item is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsPost(context.Request.Method) || Find(item, "id")?.ToValue() is not { } id)
            return RestResponse.WriteAsync(context, StatusCodes.Status200OK, item);

        var request = context.Request;
        context.Response.Headers.Location = $"{request.PathBase}{request.Path}/{Uri.EscapeDataString(id.ToString()!)}";
        return RestResponse.WriteAsync(context, StatusCodes.Status201Created, item);
    }

    private static ObjectExecutionNode? Member(ObjectExecutionNode? node, string name) =>
        node is null ? null : Find(node, name) as ObjectExecutionNode is { SubFields: not null } found ? found : null;

    private static ExecutionNode? Find(ObjectExecutionNode node, string name) =>
        Array.Find(node.SubFields!, field => field.Name == name);
}
