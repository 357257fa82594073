using System.Security.Claims;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Decides whether a caller may run an operation at all, before it is validated; null lets it run. Register one as a singleton
/// to use it; without one every operation runs, and its fields decide.
/// </summary>
public delegate CodedError? OperationGate(ClaimsPrincipal? caller, GraphQLOperationDefinition operation);
