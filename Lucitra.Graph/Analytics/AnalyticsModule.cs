using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Analytics.Dashboards;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Analytics;

/// <summary>Figures over contacts, deals and webhooks.</summary>
internal static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddSingleton<DashboardReader>()
        .AddSingleton<AnalyticsType>()
        .AddSingleton<ISchemaModule, AnalyticsFields>();

    /// <summary>Keeps the rollups short; for the role that applies events.</summary>
    public static IServiceCollection AddAnalyticsWorker(this IServiceCollection services) => services.AddHostedService<RollupFolding>();

    public static void MapAnalytics(this RestEndpoints rest) => rest.Get("/analytics/dashboard", "GetDashboard");
}

/// <summary>What analytics add to the schema.</summary>
internal sealed class AnalyticsFields : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription) => query.AddField(new FieldType
    {
        Name = "analytics",
        Description = "Figures over contacts, deals and webhooks.",
        Type = typeof(NonNullGraphType<AnalyticsType>),
        Resolver = new FuncFieldResolver<object>(_ => Analytics.Everything),
    });
}

/// <summary>Stands for the whole of the figures.</summary>
internal sealed class Analytics
{
    public static Analytics Everything { get; } = new();
}

/// <summary>The GraphQL type that holds all figures.</summary>
internal sealed class AnalyticsType : ObjectGraphType<Analytics>
{
    public AnalyticsType(DashboardReader dashboards, TimeProvider clock)
    {
        Name = "Analytics";
        Description = "Figures over contacts, deals and webhooks. docs/analytics.md defines each of them.";
        this.Access(Scopes.AnalyticsRead);
        AddField(new FieldType
        {
            Name = "dashboard",
            Description = "The figures of a range of days, each beside the same figure of as many days before.",
            Type = typeof(NonNullGraphType<RecordType<Dashboard>>),
            Arguments = DashboardArguments(),
            Resolver = new FuncFieldResolver<object>(async context =>
                await dashboards.ReadAsync(DashboardRequest.Of(context, clock.UtcNow()), context.CancellationToken)),
        });
    }

    /// <summary>The arguments by which a dashboard is asked for.</summary>
    public static QueryArguments DashboardArguments() => new(
        new QueryArgument<LocalDateType> { Name = "from", Description = $"The first day; left out: {DashboardRequest.DefaultDays} days ending with `to`." },
        new QueryArgument<LocalDateType> { Name = "to", Description = "The last day; left out: today." },
        new QueryArgument<StringGraphType> { Name = "timeZone", Description = "The IANA name of the time zone whose days they are, such as `Europe/Lisbon`; left out: UTC." },
        new QueryArgument<EnumType<DateBucket>> { Name = "bucket", Description = $"Into which spans charts are divided, at most {DashboardRequest.MaxBuckets}; left out: days, weeks or months, as fits the range." },
        new QueryArgument<StringGraphType> { Name = "pipelineId", Description = "HubSpot's id of the pipeline whose deals are meant, such as `default`; left out: all; empty: deals without one." },
        new QueryArgument<StringGraphType> { Name = "ownerId", Description = "HubSpot's id of the owner whose contacts and deals are meant; left out: all; empty: those without one." },
        new QueryArgument<IntGraphType> { Name = "idleDays", Description = $"After how many days without a change an open deal counts as idle; left out: {DashboardRequest.DefaultIdleDays}." });
}
