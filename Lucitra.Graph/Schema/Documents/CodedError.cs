using GraphQL;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>An error whose message and code (see <see cref="ErrorCodes"/>) clients may see; resolvers throw it.</summary>
public sealed class CodedError : ExecutionError
{
    public CodedError(string? code, string message, IReadOnlyDictionary<string, object?>? extensions = null)
        : base(message)
    {
        Code = code;
        if (extensions is not null)
            Extensions = new(extensions);
    }
}
