using System.Diagnostics;
using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Documents;
using Microsoft.AspNetCore.WebUtilities;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Writes what went wrong as <c>application/problem+json</c> (RFC 9457) with <c>code</c> and <c>traceId</c>.</summary>
internal sealed class RestProblem(IErrorInfoProvider errors)
{
    /// <summary>Answers for an operation that failed; the first error decides the status.</summary>
    public Task WriteAsync(HttpContext context, ExecutionResult result)
    {
        var error = result.Errors![0];
        var info = errors.GetInfo(error);
        var members = new Dictionary<string, object?>(info.Extensions ?? new Dictionary<string, object?>());
        members.TryAdd("code", error is DocumentError ? ErrorCodes.ValidationFailed : null);
        return WriteAsync(context, HttpStatus.OfRest(result), info.Message, members);
    }

    /// <summary>Answers for a mutation's payload with errors: the type of the first one is the code.</summary>
    public static Task WriteAsync(HttpContext context, IReadOnlyList<ExecutionNode> payloadErrors)
    {
        var first = payloadErrors[0].ToValue() as IReadOnlyDictionary<string, object?>;
        var code = first?.GetValueOrDefault("__typename") as string ?? "";
        if (first?.GetValueOrDefault("retryAfterSeconds") is { } seconds)
            context.Response.Headers.RetryAfter = $"{seconds}";
        var members = new Dictionary<string, object?>
        {
            ["code"] = code,
            ["errors"] = payloadErrors.Select(error => error.ToValue()).ToArray(),
        };
        return WriteAsync(context, StatusOf(code), first?.GetValueOrDefault("message") as string ?? code, members);
    }

    public static Task WriteNotFoundAsync(HttpContext context) => WriteAsync(
        context,
        StatusCodes.Status404NotFound,
        "There is no such record.",
        new() { ["code"] = ErrorCodes.NotFound });

    private static int StatusOf(string errorType) => errorType switch
    {
        _ when errorType.EndsWith("NotFoundError", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ when errorType.EndsWith("CredentialsError", StringComparison.Ordinal) => StatusCodes.Status401Unauthorized,
        _ when errorType.EndsWith("TokenError", StringComparison.Ordinal) => StatusCodes.Status401Unauthorized,
        _ when errorType.EndsWith("LockedError", StringComparison.Ordinal) => StatusCodes.Status429TooManyRequests,
        _ when errorType.EndsWith("AlreadyInUseError", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        _ when errorType.EndsWith("ConflictError", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static async Task WriteAsync(HttpContext context, int status, string detail, Dictionary<string, object?> members)
    {
        var problem = new Dictionary<string, object?>
        {
            ["type"] = "about:blank",
            ["title"] = ReasonPhrases.GetReasonPhrase(status),
            ["status"] = status,
            ["detail"] = detail,
        };
        foreach (var (name, value) in members)
            problem.TryAdd(name, value);
        if (Activity.Current is { } activity)
            problem.TryAdd("traceId", activity.TraceId.ToHexString());

        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = ResultJson.Write(response.BodyWriter, problem, NodeJson.WriteValue);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
