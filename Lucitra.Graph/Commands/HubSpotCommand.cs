using System.CommandLine;
using System.CommandLine.Parsing;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Graph.Sync;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary><c>hubspot</c>: works on whole HubSpot accounts with the server's settings and database, while servers run.</summary>
internal static class HubSpotCommand
{
    /// <summary>Exit code of <c>verify</c> when records still differ.</summary>
    public const int Differs = 2;

    private static readonly Option<long?> _portal = new("--portal") { Description = "The account to work on. Left out: every account that the settings name." };

    public static Command Create() => new("hubspot", "Whole HubSpot accounts, by HubSpot's API. Servers may run meanwhile.")
    {
        BackfillCommand(), ReconcileCommand(), VerifyCommand(),
    };

    private static Command BackfillCommand()
    {
        var only = new Option<BackfillParts>("--only")
        {
            Description = "What to read, separated by commas: contacts, deals, links, metadata. Left out: all of them.",
            CustomParser = ParseParts,
            DefaultValueFactory = _ => BackfillParts.All,
        };
        var restart = new Option<bool>("--restart") { Description = "Begins anew, where an earlier run was cut off too." };
        var command = new Command("backfill", "Reads all contacts, deals and links. A run that was cut off goes on where it was. Exit code 0: all read; 1: stopped.")
        {
            only, restart, _portal,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async (services, portals) =>
        {
            var report = new SyncReport(services.GetRequiredService<TimeProvider>());
            var changed = await services.GetRequiredService<Backfill>().RunAsync(portals, parsed.GetValue(only), parsed.GetValue(restart), report.Show, cancellationToken);
            report.End($"{changed} records changed here", portals);
            return 0;
        }, cancellationToken));
        return command;
    }

    private static Command ReconcileCommand()
    {
        var command = new Command("reconcile", "Reads what changed or went at HubSpot since the last time. Exit code 0: done; 1: stopped.") { _portal };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async (services, portals) =>
        {
            var report = new SyncReport(services.GetRequiredService<TimeProvider>());
            var sum = new ReconcileSummary(0, 0, 0);
            foreach (var portal in portals)
                sum += await services.GetRequiredService<Reconciliation>().RunAsync(portal, cancellationToken);
            report.End($"{sum.Read} records read, {sum.Archived} archived ones seen, {sum.Changed} changed here", portals);
            return 0;
        }, cancellationToken));
        return command;
    }

    private static Command VerifyCommand()
    {
        var heal = new Option<bool>("--heal") { Description = "Takes over HubSpot's state of the records that differ, and compares those again." };
        var command = new Command("verify", "Compares every record and link with HubSpot's. Exit code 0: nothing differs; 2: some differ; 1: could not compare.") { heal, _portal };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, async (services, portals) =>
        {
            var report = new SyncReport(services.GetRequiredService<TimeProvider>());
            var results = new List<ComparisonResult>();
            foreach (var portal in portals)
                results.AddRange(await services.GetRequiredService<RecordComparison>().RunAsync(portal, parsed.GetValue(heal), cancellationToken));
            SyncReport.Show(results, await InboxSums.ReadAsync(services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), cancellationToken));
            report.End(results.TrueForAll(one => one.IsComplete) ? "Complete: every record is as at HubSpot" : "Records differ", portals);
            return results.TrueForAll(one => one.IsComplete) ? 0 : Differs;
        }, cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(
        ParseResult parsed, Func<IServiceProvider, IReadOnlyList<HubSpotClient>, Task<int>> work, CancellationToken cancellationToken) =>
        Failures.ReportAsync(async () =>
        {
            await using var app = Program.Build([]);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            await app.Services.RequireMigratedDatabaseAsync(cancellationToken);
            var portals = await app.Services.GetRequiredService<HubSpotPortals>().AllAsync(cancellationToken);
            var chosen = parsed.GetValue(_portal) is { } id ? portals.Where(portal => portal.PortalId == id).ToList() : portals;
            if (chosen.Count == 0)
                throw new InvalidSettingException("No HubSpot account to work on. Set HubSpot__AccessToken, or HubSpot__Portals with the account that --portal names.");
            return await work(app.Services, chosen);
        });

    private static BackfillParts ParseParts(ArgumentResult argument)
    {
        if (Enum.TryParse<BackfillParts>(argument.Tokens[0].Value, ignoreCase: true, out var parts) && parts != 0 && (parts & ~BackfillParts.All) == 0)
            return parts;
        argument.AddError("--only takes contacts, deals, links and metadata, separated by commas.");
        return 0;
    }
}
