using System.CommandLine;
using System.CommandLine.Parsing;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Queue;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary><c>pubsub setup</c> and <c>pubsub drain-dead-letters</c>: what an operator does about Google Cloud Pub/Sub.</summary>
internal static class PubSubCommand
{
    public static Command Create() => new("pubsub", "Google Cloud Pub/Sub as the queue.") { Setup(), DrainDeadLetters() };

    private static Command Setup()
    {
        var endpoint = new Option<Uri?>("--push-endpoint")
        {
            Description = "The URL to which Pub/Sub posts messages, with a token if Queue:PubSub:Push names a service account. Left out: workers pull.",
            CustomParser = ParseUrl,
        };
        var setup = new Command("setup", "Creates the topics and subscriptions of Queue:PubSub and changes what differs from the settings. Run again it changes nothing.") { endpoint };
        setup.SetAction((parsed, cancellationToken) => ReportAsync(async services =>
        {
            var done = await services.SetUpPubSubAsync(parsed.GetValue(endpoint)?.AbsoluteUri, cancellationToken);
            foreach (var change in done.Changes)
                Console.WriteLine(change);
            if (done.Changes.Count == 0)
                Console.WriteLine("Nothing to change.");
            if (done.Differences.Count > 0)
                throw new InvalidSettingException($"What differs and cannot be changed, only deleted and set up again: {string.Join("; ", done.Differences)}.");
        }));
        return setup;
    }

    private static Command DrainDeadLetters()
    {
        var drain = new Command("drain-dead-letters", "Applies the messages that Pub/Sub put aside because they were given back too often, and removes them there.");
        drain.SetAction((_, cancellationToken) => ReportAsync(async services =>
        {
            await services.RequireMigratedDatabaseAsync(cancellationToken);
            Console.WriteLine($"{await services.DrainDeadLettersAsync(cancellationToken)} messages drained.");
        }));
        return drain;
    }

    private static Task<int> ReportAsync(Func<IServiceProvider, Task> command) => Failures.ReportAsync(async () =>
    {
        // The worker's services, whatever role the server of these settings has.
        await using var app = Program.Build([$"--{LucitraOptions.Section}:{nameof(LucitraOptions.Roles)}={LucitraRoles.Worker}"]);
        if (app.Services.GetRequiredService<IOptions<QueueOptions>>().Value.Provider != QueueProvider.PubSub)
            throw new InvalidSettingException("Queue:Provider is Database. Set Queue__Provider to PubSub, as for the server.");
        await command(app.Services);
    });

    private static Uri? ParseUrl(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
            return url;
        argument.AddError($"--push-endpoint takes an absolute http or https URL, such as https://worker.example.com{PubSubModule.PushPath}.");
        return null;
    }
}
