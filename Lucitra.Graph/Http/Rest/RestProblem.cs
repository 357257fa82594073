using System.Diagnostics;
using System.Text.Json;
using GraphQL;
using GraphQL.Execution;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Writes what went wrong as <c>application/problem+json</c> (RFC 9457): <c>type</c> leads to a page about the
/// <c>code</c>, <c>errors</c> says what is wrong where, <c>traceId</c> finds the request in the log.
/// </summary>
internal sealed class RestProblem(IErrorInfoProvider mapping)
{
    private const string Errors = RestDocument.ErrorsField;

    /// <summary>Answers for an operation that failed; the first error decides the status.</summary>
    public Task WriteAsync(HttpContext context, ExecutionResult result)
    {
        var error = result.Errors![0];
        var info = mapping.GetInfo(error);
        var members = new Dictionary<string, object?>(info.Extensions ?? new Dictionary<string, object?>());
        members.TryAdd("code", ErrorCodes.ValidationFailed);
        RateLimitGate.SetRetryAfter(context.Response, members);
        var detail = info.Message;
        if (members.Remove("variable") && RestInputProblem.Of(info.Message) is { } part)
        {
            detail = part.Detail;
            members[Errors] = new[] { part.ToMembers() };
        }

        return WriteAsync(context, HttpStatus.OfRest(error), detail, members);
    }

    /// <summary>Answers for a mutation's payload with errors: the type of the first one is the code.</summary>
    public static Task WriteAsync(HttpContext context, IReadOnlyList<JsonElement> errors)
    {
        var code = CodeOf(errors[0]);
        var members = new Dictionary<string, object?> { ["code"] = code };
        if (errors[0].TryGetProperty("retryAfterSeconds", out var seconds))
            context.Response.Headers.RetryAfter = $"{seconds}";
        foreach (var member in errors[0].EnumerateObject().Where(member => member.Name is not ("__typename" or "message" or "issues")))
            members[member.Name] = member.Value;
        members[Errors] = errors.SelectMany(PartsOf).Select(part => part.ToMembers()).ToArray();
        return WriteAsync(context, StatusOf(code, context.Request.Headers.IfMatch.Count > 0), DetailOf(errors[0]), members);
    }

    public static Task WriteNotFoundAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, ErrorCodes.NotFound, "There is no such record.");

    public static Task WriteNoRouteAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status404NotFound, ErrorCodes.NoSuchRoute, "There is no such route. /openapi/v1.json lists all.");

    public static Task WriteNotAllowedAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status405MethodNotAllowed, ErrorCodes.MethodNotAllowed,
        $"This route does not take {context.Request.Method}. It takes {context.Response.Headers.Allow}.");

    public static Task WriteAsync(HttpContext context, int status, string code, string detail) =>
        WriteAsync(context, status, detail, new Dictionary<string, object?> { ["code"] = code });

    /// <summary>The status for a broken rule. A version in the header <c>If-Match</c> is a precondition; one in the body is in conflict.</summary>
    public static int StatusOf(string errorType, bool isPrecondition) => errorType switch
    {
        "VersionConflictError" when isPrecondition => StatusCodes.Status412PreconditionFailed,
        _ when errorType.EndsWith("NotFoundError", StringComparison.Ordinal) => StatusCodes.Status404NotFound,
        _ when errorType.EndsWith("CredentialsError", StringComparison.Ordinal) => StatusCodes.Status401Unauthorized,
        _ when errorType.EndsWith("TokenError", StringComparison.Ordinal) => StatusCodes.Status401Unauthorized,
        _ when errorType.EndsWith("LockedError", StringComparison.Ordinal) => StatusCodes.Status429TooManyRequests,
        _ when errorType.EndsWith("AlreadyInUseError", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        _ when errorType.EndsWith("ConflictError", StringComparison.Ordinal) => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static string CodeOf(JsonElement error) => TextOf(error, "__typename") ?? "";

    private static string DetailOf(JsonElement error) => TextOf(error, "message") ?? CodeOf(error);

    private static string? TextOf(JsonElement error, string name) => error.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<ProblemPart> PartsOf(JsonElement error)
    {
        if (!error.TryGetProperty("issues", out var issues))
            return [new(DetailOf(error), Code: CodeOf(error))];

        return issues.EnumerateArray().Select(issue => new ProblemPart(
            $"{TextOf(issue, "field")} {TextOf(issue, "message")}", ProblemPart.Pointer, $"#/{TextOf(issue, "field")}", CodeOf(error)));
    }

    private static async Task WriteAsync(HttpContext context, int status, string detail, Dictionary<string, object?> members)
    {
        var code = (string)members["code"]!;
        var problem = new Dictionary<string, object?>
        {
            ["type"] = $"{context.Request.PathBase}{ProblemPages.Route}/{code}",
            ["title"] = ProblemTitles.Of(code),
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
