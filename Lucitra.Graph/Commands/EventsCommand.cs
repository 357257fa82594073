using System.CommandLine;
using System.Linq.Expressions;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Graph.Inbox;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary><c>webhooks list</c>, <c>replay</c> and <c>discard</c>: stored events, in the database itself. No server need run.</summary>
internal static class EventsCommand
{
    private const int DefaultListed = 50;

    public static Command CreateList()
    {
        var filter = new EventFilter();
        var limit = Limit($"The most events to print. Default {DefaultListed}.");
        var command = new Command("list", "Prints stored events, the latest first.") { limit };
        filter.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync(cancellationToken);
            var kept = filter.Keep(parsed, db.WebhookEvents.AsNoTracking());
            var rows = await kept.OrderByDescending(row => row.ReceivedAt).ThenByDescending(row => row.Id)
                .Take(parsed.GetValue(limit) ?? DefaultListed)
                .Select(row => new { row.Id, row.ReceivedAt, row.Status, row.SubscriptionType, row.PortalId, row.ObjectId, row.Attempts, row.Reason })
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                Console.WriteLine(string.Join('\t',
                    row.Id, $"{row.ReceivedAt:O}", row.Status.ToString().ToUpperInvariant(), row.SubscriptionType, row.PortalId, row.ObjectId, row.Attempts, row.Reason));
            }

            Console.WriteLine($"{rows.Count} of {await kept.CountAsync(cancellationToken)} events.");
        }, cancellationToken));
        return command;
    }

    public static Command CreateReplay() => Create(
        "replay",
        "Makes stored events due again, whatever their final status, the oldest first. Replaying an applied event changes nothing.",
        row => row.Status != WebhookEventStatus.Received,
        "Replayed",
        (commands, selection, _, cancellationToken) => commands.ReplayAsync(selection, cancellationToken));

    public static Command CreateDiscard()
    {
        var reason = new Option<string>("--reason") { Description = "Why. It becomes the events' reason.", Required = true };
        var command = Create(
            "discard",
            "Gives up stored events that are DEAD or wait for their next attempt: they end as IGNORED.",
            row => row.Status == WebhookEventStatus.Dead || row.Status == WebhookEventStatus.Received,
            "Discarded",
            (commands, selection, parsed, cancellationToken) => commands.DiscardAsync(selection, parsed.GetValue(reason)!, cancellationToken));
        command.Add(reason);
        return command;
    }

    private static Command Create(
        string name,
        string description,
        Expression<Func<WebhookEvent, bool>> takes,
        string done,
        Func<InboxCommands, EventSelection, ParseResult, CancellationToken, Task<Outcome<ChangedEvents>>> run)
    {
        var filter = new EventFilter();
        var limit = Limit("The most events to change, at most Webhooks:Replay:MaxEvents, which is also the default.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only counts them." };
        var command = new Command(name, description) { limit, dryRun };
        filter.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(async services =>
        {
            if (!filter.IsGiven(parsed))
                throw new InvalidSettingException("Say which events are meant, such as --status DEAD; --help names the options.");

            if (parsed.GetValue(dryRun))
            {
                await using var db = await services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync(cancellationToken);
                Console.WriteLine($"{await filter.Keep(parsed, db.WebhookEvents.Where(takes)).CountAsync(cancellationToken)} events match.");
                return;
            }

            var maximum = services.GetRequiredService<IOptions<WebhookOptions>>().Value.Replay.MaxEvents;
            if (parsed.GetValue(limit) > maximum)
                throw new InvalidSettingException($"--limit is above Webhooks:Replay:MaxEvents, which is {maximum}.");
            var selection = new EventSelection(
                rows => filter.Keep(parsed, rows), filter.Text(parsed), parsed.GetValue(limit) ?? maximum, $"command:{Environment.UserName}", _ => null);
            var outcome = await run(services.GetRequiredService<InboxCommands>(), selection, parsed, cancellationToken);
            Console.WriteLine($"{done} {outcome.Value!.Count} events.{(outcome.Value.HasMore ? " More match: run it again." : "")}");
        }, cancellationToken));
        return command;
    }

    private static Option<int?> Limit(string description)
    {
        var limit = new Option<int?>("--limit") { Description = description };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var given) && given < 1)
                result.AddError("--limit is below 1.");
        });
        return limit;
    }

    private static Task<int> RunAsync(Func<IServiceProvider, Task> work, CancellationToken cancellationToken) => Failures.ReportAsync(async () =>
    {
        var builder = ServerDefaults.CreateBuilder([]);
        builder.UseLucitraDefaults();
        builder.Logging.ClearProviders();
        builder.Services.AddDatabase(builder.Configuration, builder.Environment);
        builder.Services.AddWebhooks(builder.Configuration);
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddInbox();
        await using var services = builder.Services.BuildServiceProvider();
        await services.RequireMigratedDatabaseAsync(cancellationToken);
        await work(services);
    });
}
