using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>The status of a response, by format and by what went wrong.</summary>
internal static class HttpStatus
{
    public static int Of(ExecutionResult result, ResponseFormat format, bool isGet)
    {
        if (result.Executed || result.Errors is not [var error, ..])
            return StatusCodes.Status200OK;

        if (error is OperationNotAllowedError && isGet)
            return StatusCodes.Status405MethodNotAllowed;
        if (error is { Code: ErrorCodes.RateLimited })
            return StatusCodes.Status429TooManyRequests;
        if (error is { Code: ErrorCodes.Cancelled })
            return StatusCodes.Status499ClientClosedRequest;
        if (error is { Code: ErrorCodes.NotAuthenticated })
            return StatusCodes.Status401Unauthorized;

        return format == ResponseFormat.GraphQLResponse ? OfRefusal(error) : StatusCodes.Status200OK;
    }

    /// <summary>The status for a request that did not execute.</summary>
    public static int OfRefusal(ExecutionError error) => error switch
    {
        OperationNotAllowedError => StatusCodes.Status405MethodNotAllowed,
        UnhandledError => StatusCodes.Status500InternalServerError,
        { Code: ErrorCodes.NotAuthenticated } => StatusCodes.Status401Unauthorized,
        { Code: ErrorCodes.RateLimited } => StatusCodes.Status429TooManyRequests,
        { Code: ErrorCodes.RequestTooLarge } => StatusCodes.Status413PayloadTooLarge,
        { Code: ErrorCodes.Cancelled } => StatusCodes.Status499ClientClosedRequest,
        { Code: ErrorCodes.Timeout } => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>The status for REST, where an error of a field fails the whole answer.</summary>
    public static int OfRest(ExecutionError error) => error switch
    {
        { Code: ErrorCodes.NotAuthenticated } => StatusCodes.Status401Unauthorized,
        { Code: ErrorCodes.NotAuthorized } => StatusCodes.Status403Forbidden,
        { Code: ErrorCodes.NotFound } => StatusCodes.Status404NotFound,
        { Code: ErrorCodes.NotAcceptable } => StatusCodes.Status406NotAcceptable,
        { Code: ErrorCodes.PreconditionFailed } => StatusCodes.Status412PreconditionFailed,
        { Code: ErrorCodes.UnsupportedMediaType } => StatusCodes.Status415UnsupportedMediaType,
        _ => OfRefusal(error),
    };
}
