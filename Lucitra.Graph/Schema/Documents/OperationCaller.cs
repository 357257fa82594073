using System.Security.Claims;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Who runs an operation, and the services its resolvers use.</summary>
internal readonly record struct OperationCaller(IServiceProvider Services, ClaimsPrincipal User)
{
    public static OperationCaller Of(HttpContext context) => new(context.RequestServices, context.User);
}
