using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Analytics.Dashboards;
using Lucitra.Graph.Analytics.Reports;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Subscriptions;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Analytics;

/// <summary>Figures over contacts, deals and webhooks.</summary>
internal static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddSingleton<DashboardReader>()
        .AddSingleton<DashboardLooks>()
        .AddSingleton<IReport, Funnel>()
        .AddSingleton<IReport, RevenueByMonth>()
        .AddSingleton<IReport, PipelineByStage>()
        .AddSingleton<IReport, SalesCycle>()
        .AddSingleton<IReport, OwnerLeaderboard>()
        .AddSingleton<IReport, LifecycleCohorts>()
        .AddSingleton<IReport, StageVelocity>()
        .AddSingleton<IReport, ContactSources>()
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportFields>()
        .AddSingleton<SavedReportMutations>()
        .AddSingleton<IEntityDefinition<SavedReport>, SavedReportType>()
        .AddSingleton<AnalyticsType>()
        .AddSingleton<ISchemaModule, AnalyticsFields>();

    /// <summary>Keeps the rollups short; for the role that applies events.</summary>
    public static IServiceCollection AddAnalyticsWorker(this IServiceCollection services) => services.AddHostedService<RollupFolding>();

    public static void MapAnalytics(this RestEndpoints rest)
    {
        rest.Get("/analytics/dashboard", "GetDashboard");
        rest.Get("/analytics/reports", "ListReports");
        rest.Get("/analytics/reports/{name}", "GetReport");
    }
}

/// <summary>What analytics add to the schema.</summary>
internal sealed class AnalyticsFields(EntityReader reader, DashboardReader dashboards, DashboardLooks looks, SavedReportMutations saved, ChangeFeed feed, TimeProvider clock) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.AddField(new FieldType
        {
            Name = "analytics",
            Description = "Figures over contacts, deals and webhooks.",
            Type = typeof(NonNullGraphType<AnalyticsType>),
            Resolver = new FuncFieldResolver<object>(_ => Analytics.Everything),
        });
        query.Connection<SavedReport>(reader, "savedReports", "The reports that are kept under names.");
        saved.Extend(mutation);
        subscription.AddField(new FieldType
        {
            Name = "onDashboardChanged",
            Description = "The figures of a range of days: at once, and anew within two seconds of a change of contacts or deals, once however many changes there were.",
            Type = typeof(NonNullGraphType<RecordType<Dashboard>>),
            Arguments = DashboardRequest.Arguments(),
            StreamResolver = new SourceStreamResolver<DashboardLook>(context =>
            {
                // A range that is none is refused before the stream begins.
                DashboardRequest.Of(context).RangeAt(clock.UtcNow());
                return new DashboardStream(feed, looks, SharedSelection.Of(context), clock);
            }),
            Resolver = new FuncFieldResolver<object>(async context => await dashboards.ReadAsync(DashboardRequest.Of(context), context.CancellationToken)),
        }.Access(Scopes.AnalyticsRead));
    }
}

/// <summary>Stands for the whole of the figures.</summary>
internal sealed class Analytics
{
    public static Analytics Everything { get; } = new();
}

/// <summary>The GraphQL type that holds all figures.</summary>
internal sealed class AnalyticsType : ObjectGraphType<Analytics>
{
    public AnalyticsType(DashboardReader dashboards, ReportFields reports)
    {
        Name = "Analytics";
        Description = "Figures over contacts, deals and webhooks. docs/analytics.md defines each of them.";
        this.Access(Scopes.AnalyticsRead);
        AddField(new FieldType
        {
            Name = "dashboard",
            Description = "The figures of a range of days, each beside the same figure of as many days before.",
            Type = typeof(NonNullGraphType<RecordType<Dashboard>>),
            Arguments = DashboardRequest.Arguments(),
            Resolver = new FuncFieldResolver<object>(async context => await dashboards.ReadAsync(DashboardRequest.Of(context), context.CancellationToken)),
        });
        reports.Extend(this);
    }
}
