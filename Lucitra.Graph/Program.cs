using Lucitra.Graph;
using Lucitra.Graph.Analytics;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Commands;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.DashboardPage;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Explorer;
using Lucitra.Graph.Exports;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.CrossOrigin;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Graph.Http.Hardening;
using Lucitra.Graph.Inbox;
using Lucitra.Graph.Owners;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Startup;
using Lucitra.Graph.Storage;
using Lucitra.Graph.Sync;
using Lucitra.Graph.Telemetry;
using Lucitra.Graph.Timeline;
using Lucitra.Graph.WriteBack;
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

        builder.AddHardening();
        builder.Services.AddShutdown(builder.Configuration);
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
        builder.Services.AddStorage(builder.Configuration, builder.Environment);
        builder.Services.AddExports(builder.Configuration);
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddInbox();
        builder.Services.AddWriteBack(builder.Configuration);
        builder.Services.AddGraphQLServer(builder.Configuration);
        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddCrossOrigin(builder.Configuration);
        builder.Services.AddSingleton<IConfigureOptions<ExplorerOptions>, ExplorerWelcome>();
        builder.Services.AddDashboardPage();
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Services.AddHubSpotCrm(builder.Configuration);
        if (roles.HasFlag(LucitraRoles.Webhooks))
            builder.Services.AddWebhookReceiver(builder.Configuration);
        if (roles.HasFlag(LucitraRoles.Worker))
            builder.Services.AddWebhookWorker(builder.Configuration).AddSyncWorker().AddWriteBackWorker().AddRetention().AddAnalyticsWorker().AddExportWorker();
        builder.Services.AddHealth();

        var app = builder.Build();
        app.UseMiddleware<RequestLog>();
        app.UseHardening();
        app.UseWebSockets();
        app.UseDeparture();
        app.MapHealth();
        if (roles.HasFlag(LucitraRoles.Webhooks))
            app.MapControllers();
        if (roles.HasFlag(LucitraRoles.Worker))
            app.MapWebhookWorker(app.Configuration);
        if (roles.HasFlag(LucitraRoles.Api))
        {
            app.UseResponseCompression();
            app.UseCrossOrigin();
            app.UseAddressLimit();
            app.UseMiddleware<CallerGate>();
            app.UseCallerLimit();
            app.MapGraphQLServer();
            app.MapRestApi();
            app.MapPublishedKeys();
            app.MapFiles();
            app.MapDashboardPage();
        }

        return app;
    }
}
