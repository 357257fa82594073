using System.Security.Claims;
using Lucitra.Graph.Schema.Costs;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Who runs an operation, the services its resolvers use, and what the caller wants to know of its cost.</summary>
internal readonly record struct OperationCaller(IServiceProvider Services, ClaimsPrincipal User, CostReporting Cost = CostReporting.None)
{
    public static OperationCaller Of(HttpContext context) => new(context.RequestServices, context.User);
}
