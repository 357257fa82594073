using GraphQL;

namespace Lucitra.Graph.Schema.Documents;

internal sealed class CodedError : ExecutionError
{
    public CodedError(string code, string message, Dictionary<string, object?>? extensions = null)
        : base(message, extensions ?? [])
    {
        Code = code;
        Extensions = extensions;
    }
}
