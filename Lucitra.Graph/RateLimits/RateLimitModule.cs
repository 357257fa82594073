using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.RateLimits;

/// <summary>How much one caller gets.</summary>
internal static class RateLimitModule
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>().Bind(configuration.GetSection(RateLimitOptions.Section))
            .ValidateDataAnnotations()
            .Validate<IOptions<GraphQLOptions>>(
                (limits, graphQL) => !limits.Enabled || limits.CallerCostPerMinute >= graphQL.Value.Cost.MaxFieldCost,
                "RateLimits:CallerCostPerMinute is less than GraphQL:Cost:MaxFieldCost: an operation that is allowed could never run. Raise it.")
            .ValidateOnStart();
        return services.AddSingleton<RateLimiter>();
    }
}
