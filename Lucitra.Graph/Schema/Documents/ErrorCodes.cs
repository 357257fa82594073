namespace Lucitra.Graph.Schema.Documents;

internal static class ErrorCodes
{
    public const string InvalidNodeId = "LUCITRA_INVALID_NODE_ID";
    public const string NullOperand = "HC0026";
    public const string TooManyItems = "HC0051";
    public const string TooManyNodes = "HC0076";
    public const string InvalidCursor = "HC0078";
    public const string NegativePageSize = "HC0079";
    public const string TooManyFilterOperations = "HC0117";
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";
    public const string SlowConsumer = "LUCITRA_SLOW_CONSUMER";
}
