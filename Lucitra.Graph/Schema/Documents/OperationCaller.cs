using System.Security.Claims;
using Lucitra.Graph.Schema.Costs;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Who runs an operation, and how.</summary>
/// <param name="Services">What its resolvers use.</param>
/// <param name="User">Who runs it.</param>
/// <param name="Cost">What the caller wants to know of its cost.</param>
/// <param name="HasOwnTrace">It is one of many on a connection, and its trace is not the connection's.</param>
internal readonly record struct OperationCaller(
    IServiceProvider Services, ClaimsPrincipal User, CostReporting Cost = CostReporting.None, bool HasOwnTrace = false)
{
    public static OperationCaller Of(HttpContext context) => new(context.RequestServices, context.User);
}
