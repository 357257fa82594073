using Lucitra.Graph;
using Lucitra.Graph.Analytics;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Commands;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.DashboardPage;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Explorer;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Graph.Inbox;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Startup;
using Lucitra.Graph.Sync;
using Lucitra.Graph.Telemetry;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

return await CommandLine.RunAsync(args);

/// <summary>The server: what it is made of.</summary>
internal static partial class Program
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServerDefaults.CreateBuilder(args);
        configure?.Invoke(builder);
        var roles = builder.UseLucitraDefaults();
        builder.AddTelemetry();

        builder.Services.AddDatabase(builder.Configuration, builder.Environment);
        builder.Services.AddAuth(builder.Configuration);
        builder.Services.AddTimeline();
        builder.Services.AddEntitySchema(builder.Configuration);
        builder.Services.AddSync(builder.Configuration);
        builder.Services.AddProperties();
        builder.Services.AddOwners();
        builder.Services.AddContacts();
        builder.Services.AddDeals();
        builder.Services.AddAnalytics();
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddInbox();
        builder.Services.AddGraphQLServer(builder.Configuration);
        builder.Services.AddSingleton<IConfigureOptions<ExplorerOptions>, ExplorerWelcome>();
        builder.Services.AddDashboardPage();
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Services.AddHubSpotCrm(builder.Configuration);
        if (roles.HasFlag(LucitraRoles.Webhooks))
            builder.Services.AddWebhookReceiver(builder.Configuration);
        if (roles.HasFlag(LucitraRoles.Worker))
            builder.Services.AddWebhookWorker(builder.Configuration).AddSyncWorker().AddRetention().AddAnalyticsWorker();
        builder.Services.AddHealth();

        var app = builder.Build();
        app.UseMiddleware<RequestLog>();
        app.UseWebSockets();
        app.MapHealth();
        if (roles.HasFlag(LucitraRoles.Webhooks))
            app.MapControllers();
        if (roles.HasFlag(LucitraRoles.Worker))
            app.MapWebhookWorker(app.Configuration);
        if (roles.HasFlag(LucitraRoles.Api))
        {
            app.UseResponseCompression();
            app.UseMiddleware<CallerGate>();
            app.MapGraphQLServer();
            app.MapRestApi();
            app.MapDashboardPage();
        }

        return app;
    }
}
