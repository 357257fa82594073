using Lucitra.Graph.Schema.Costs;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>The header <c>GraphQL-Cost</c>, by which clients ask what an operation costs.</summary>
internal static class CostHeader
{
    public static OperationCaller CallerOf(HttpContext context) => OperationCaller.Of(context) with
    {
        Cost = context.Request.Headers["GraphQL-Cost"].ToString() switch
        {
            "report" => CostReporting.Report,
            "validate" => CostReporting.Validate,
            _ => CostReporting.None,
        },
    };
}
