using System.Security.Claims;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Keeps callers that nobody knows from every operation but those all of whose root fields are open, such as <c>login</c>:
/// before it is validated, so that nothing is told of the schema.
/// </summary>
internal sealed class OpenOperations(ISchema schema)
{
    public CodedError? Refuse(ClaimsPrincipal? caller, GraphQLOperationDefinition operation) =>
        Caller.Of(caller) is not null || IsOpen(operation)
            ? null
            : new CodedError(ErrorCodes.NotAuthenticated, "The current user is not authorized to access this resource. Send an access token or API key as `Authorization: Bearer <token>`.");

    private bool IsOpen(GraphQLOperationDefinition operation)
    {
        schema.Initialize();
        var root = operation.Operation == OperationType.Mutation ? schema.Mutation : operation.Operation == OperationType.Query ? schema.Query : null;
        return root is not null && operation.SelectionSet.Selections.All(selection =>
            selection is GraphQLField field && root.Fields.Find(field.Name.Value)?.DeclaredAccess() == AccessRule.Open);
    }
}
