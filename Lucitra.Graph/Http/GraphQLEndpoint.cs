using GraphQL;
using GraphQL.Transport;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Statements;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http;

/// <summary>
/// GraphQL over HTTP. A page of another site cannot change anything here: a POST needs a JSON content type, which
/// browsers send across sites only after a preflight that allows it (section <c>Cors</c>); a GET runs queries alone,
/// and its answer cannot be read across sites that are not allowed.
/// </summary>
internal sealed class GraphQLEndpoint(
    ClientOperations operations, ResultJson json, EventStreamResponse events, BatchResponse batches, IOptions<GraphQLOptions> options)
{
    private readonly GraphQLOptions _options = options.Value;

    public async Task HandleAsync(HttpContext context)
    {
        if (!await NegotiateAsync(context, out var format))
            return;

        if (HttpMethods.IsGet(context.Request.Method))
        {
            var request = new GraphQLRequest();
            if (RequestQuery.Read(context.Request.Query, request) is { } malformed)
                await RefuseAsync(context, format, HttpStatus.OfRefusal(malformed), malformed);
            else
                await RunAsync(context, format, request, OperationKinds.Query);
            return;
        }

        if (!MediaTypes.IsJson(context.Request.ContentType))
        {
            await RefuseAsync(context, format, StatusCodes.Status415UnsupportedMediaType, new CodedError(
                ErrorCodes.UnsupportedMediaType, "The request body must be `application/json` in UTF-8."));
            return;
        }

        var batch = new RequestBatch(_options.MaxBatchSize);
        var invalid = await RequestBody.ReadAsync(context, _options.MaxRequestBytes, body => RequestJson.Read(body, batch));
        if ((invalid ?? batch.Single?.Invalid) is { } error)
            await RefuseAsync(context, format, HttpStatus.OfRefusal(error), error);
        else if (batch.Single is { } single)
            await RunAsync(context, format, single.Request, OperationKinds.QueryOrMutation);
        else
            await batches.WriteAsync(context, format, batch);
    }

    private async Task RunAsync(HttpContext context, ResponseFormat format, GraphQLRequest request, OperationKinds allowed)
    {
        if (format == ResponseFormat.EventStream)
            allowed |= OperationKinds.Subscription;

        var result = await operations.ExecuteAsync(request, CostHeader.CallerOf(context), allowed, context.RequestAborted);
        if (format == ResponseFormat.EventStream && result is { Executed: false, Errors: [{ Code: ErrorCodes.NotAuthenticated } refused, ..] })
            await RefuseAsync(context, format, StatusCodes.Status401Unauthorized, refused);
        else if (format == ResponseFormat.EventStream)
            await events.WriteAsync(context, result);
        else
            await WriteAsync(context, format, HttpStatus.Of(result, format, HttpMethods.IsGet(context.Request.Method)), result);
    }

    private Task<bool> NegotiateAsync(HttpContext context, out ResponseFormat format)
    {
        var accept = context.Request.Headers.Accept.ToString();
        return MediaTypes.Negotiate(accept, out format) switch
        {
            AcceptVerdict.Accepted => Task.FromResult(true),
            AcceptVerdict.Malformed => Refused(StatusCodes.Status400BadRequest, MediaTypes.InvalidAccept(accept)),
            _ => Refused(StatusCodes.Status406NotAcceptable, new(
                ErrorCodes.NotAcceptable, "None of the `Accept` header values is supported.")),
        };

        async Task<bool> Refused(int status, CodedError error)
        {
            await RefuseAsync(context, ResponseFormat.GraphQLResponse, status, error);
            return false;
        }
    }

    private Task RefuseAsync(HttpContext context, ResponseFormat format, int status, ExecutionError error) =>
        WriteAsync(context, format == ResponseFormat.EventStream ? ResponseFormat.Json : format, status, new(error));

    private async Task WriteAsync(HttpContext context, ResponseFormat format, int status, ExecutionResult result)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.ContentType(format);
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status405MethodNotAllowed)
            response.Headers.Allow = "POST";
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        RateLimitGate.SetRetryAfter(response, result.Errors is [var first, ..] ? first.Extensions : null);

        response.ContentLength = json.Write(response.BodyWriter, result);
        (result.Data as JsonText)?.GiveBack();
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
