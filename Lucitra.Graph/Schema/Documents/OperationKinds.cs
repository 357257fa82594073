using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The kinds of operation a transport carries.</summary>
[Flags]
internal enum OperationKinds
{
    Query = 1,
    Mutation = 2,
    Subscription = 4,
    QueryOrMutation = Query | Mutation,
    Any = Query | Mutation | Subscription,
}

internal static class OperationKindsExtensions
{
    public static bool Allows(this OperationKinds allowed, OperationType operation) => (allowed & operation switch
    {
        OperationType.Query => OperationKinds.Query,
        OperationType.Mutation => OperationKinds.Mutation,
        OperationType.Subscription => OperationKinds.Subscription,
        _ => 0,
    }) != 0;
}
