namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Every value of <c>errors[].extensions.code</c>. Codes with HC are HotChocolate's, so that its clients understand
/// them; codes with LUCITRA are this server's own.
/// </summary>
public static class ErrorCodes
{
    /// <summary>The field needs a signed-in caller.</summary>
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";

    /// <summary>The caller lacks a scope that the field needs.</summary>
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";

    /// <summary>An unexpected fault; the log has its cause under the same trace id.</summary>
    public const string Unexpected = "HC0008";

    /// <summary>The request is JSON but no GraphQL request, or a batch without or with too many of them.</summary>
    public const string MalformedRequest = "HC0009";

    /// <summary>The request body, message or document is larger than <c>GraphQL:MaxRequestBytes</c>.</summary>
    public const string RequestTooLarge = "HC0010";

    /// <summary>The document is not GraphQL.</summary>
    public const string SyntaxError = "HC0011";

    /// <summary>The request is not JSON, or lacks or misuses a member.</summary>
    public const string InvalidRequest = "HC0012";

    /// <summary>The request names a document by id, while <c>GraphQL:TrustedDocuments:Mode</c> is Off.</summary>
    public const string NoDocumentStorage = "HC0015";

    /// <summary>The request names a document by an id that is not among the trusted documents.</summary>
    public const string DocumentNotFound = "HC0020";

    /// <summary>A required variable is missing, or null where null is not allowed.</summary>
    public const string NonNullVariable = "HC0018";

    /// <summary>The operation ran longer than <c>GraphQL:ExecutionTimeout</c>.</summary>
    public const string Timeout = "HC0045";

    /// <summary>The document reads the schema while <c>GraphQL:AllowIntrospection</c> is false.</summary>
    public const string IntrospectionNotAllowed = "HC0046";

    /// <summary>The client went away before the operation ended; only the log and the status 499 tell.</summary>
    public const string Cancelled = "HC0049";

    /// <summary>The operation costs more than <c>GraphQL:Cost</c> allows.</summary>
    public const string CostExceeded = "HC0047";

    /// <summary>Null as an operand that takes a value only.</summary>
    public const string NullOperand = "HC0026";

    /// <summary>More items asked for than one page may hold.</summary>
    public const string PageTooLarge = "HC0051";

    /// <summary>None of the media types in <c>Accept</c> can be produced.</summary>
    public const string NotAcceptable = "HC0063";

    /// <summary>The <c>Accept</c> header cannot be parsed.</summary>
    public const string InvalidAccept = "HC0064";

    /// <summary>The request writes its own document, while <c>GraphQL:TrustedDocuments:Mode</c> is Enforce.</summary>
    public const string OnlyTrustedDocuments = "HC0067";

    /// <summary>More ids than <c>GraphQL:Paging:MaxNodes</c> in one <c>nodes</c> field.</summary>
    public const string TooManyNodes = "HC0076";

    /// <summary>The cursor was not issued by this list.</summary>
    public const string InvalidCursor = "HC0078";

    /// <summary>A negative page size.</summary>
    public const string NegativePageSize = "HC0079";

    /// <summary>The document reads the schema in circles, from types to their fields to the types of these.</summary>
    public const string IntrospectionTooDeep = "HC0086";

    /// <summary>More operations than <c>GraphQL:Paging:MaxFilterOperations</c> in one filter argument.</summary>
    public const string TooManyFilterOperations = "HC0117";

    /// <summary>An aggregate groups or sorts by what it cannot.</summary>
    public const string InvalidGrouping = "LUCITRA_INVALID_GROUPING";

    /// <summary>The range, time zone or another argument of figures cannot be used.</summary>
    public const string InvalidRange = "LUCITRA_INVALID_RANGE";

    /// <summary>Apollo's: no document is kept under this hash; the client sends it along with the hash.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>A property is read as a kind that it is not.</summary>
    public const string InvalidPropertyKind = "LUCITRA_INVALID_PROPERTY_KIND";

    /// <summary>A sort by more properties than it may have.</summary>
    public const string TooManyOrderKeys = "LUCITRA_TOO_MANY_ORDER_KEYS";

    /// <summary>A search text with more characters or words than it may have.</summary>
    public const string SearchTooLong = "LUCITRA_SEARCH_TOO_LONG";

    /// <summary>The text is no global identifier, or one of another type.</summary>
    public const string InvalidNodeId = "LUCITRA_INVALID_NODE_ID";

    /// <summary>The subscriber reads more slowly than things change; its subscription ended.</summary>
    public const string SlowConsumer = "LUCITRA_SLOW_CONSUMER";

    /// <summary>The document exceeds a limit named in <c>extensions.setting</c>.</summary>
    public const string DocumentTooComplex = "LUCITRA_DOCUMENT_TOO_COMPLEX";

    /// <summary>
    /// More operations on one WebSocket than <c>GraphQL:MaxSubscriptionsPerConnection</c>, or more subscriptions of one
    /// caller than <c>GraphQL:MaxSubscriptionsPerCaller</c>.
    /// </summary>
    public const string TooManyOperations = "LUCITRA_TOO_MANY_OPERATIONS";

    /// <summary>The caller or its address used up what <c>RateLimits</c> allows; <c>extensions.retryAfter</c> says in how many seconds there is enough again.</summary>
    public const string RateLimited = "LUCITRA_RATE_LIMITED";

    /// <summary>The response had more errors than <c>GraphQL:MaxErrors</c>; this entry counts the rest.</summary>
    public const string ErrorsLeftOut = "LUCITRA_ERRORS_LEFT_OUT";

    /// <summary>The request body is not <c>application/json</c>.</summary>
    public const string UnsupportedMediaType = "LUCITRA_UNSUPPORTED_MEDIA_TYPE";

    /// <summary>REST only: a query parameter or body member is unknown or has the wrong type.</summary>
    public const string InvalidParameter = "LUCITRA_INVALID_PARAMETER";

    /// <summary>REST only: no record has this id.</summary>
    public const string NotFound = "LUCITRA_NOT_FOUND";

    /// <summary>REST only: there is no such route.</summary>
    public const string NoSuchRoute = "LUCITRA_NO_SUCH_ROUTE";

    /// <summary>REST only: the route does not take this method; the header <c>Allow</c> lists those it takes.</summary>
    public const string MethodNotAllowed = "LUCITRA_METHOD_NOT_ALLOWED";

    /// <summary>REST only: <c>If-Match</c> names a version that the record cannot be at.</summary>
    public const string PreconditionFailed = "LUCITRA_PRECONDITION_FAILED";

    /// <summary>REST only: the request is not a valid operation of the schema.</summary>
    public const string ValidationFailed = "LUCITRA_VALIDATION_FAILED";
}
