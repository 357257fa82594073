using GraphQL;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The transport does not carry this kind of operation, as a mutation by GET.</summary>
internal sealed class OperationNotAllowedError() : ExecutionError("The specified operation kind is not allowed.");
