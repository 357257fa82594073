using System.CommandLine;
using System.Text.Json;

namespace Lucitra.Twin;

/// <summary><c>serve</c>: a twin of its own process, with users at work until it is interrupted.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan _reportEvery = TimeSpan.FromSeconds(5);
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static async Task<int> Main(string[] arguments) =>
        await new RootCommand("A HubSpot to test against.") { Create() }.Parse(arguments).InvokeAsync();

    private static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Port of the CRM API.", DefaultValueFactory = _ => 8090 };
        var target = new Option<Uri?>("--target") { Description = "Where webhooks are posted to, such as http://localhost:8080/webhook." };
        var signedUrl = new Option<Uri?>("--signed-url") { Description = "The URL that is signed, if it is not the target." };
        var secret = new Option<string>("--secret") { Description = "The app's client secret.", DefaultValueFactory = _ => new TwinOptions().ClientSecret };
        var seed = new Option<int>("--seed") { Description = "Decides what users do.", DefaultValueFactory = _ => 1 };
        var rate = new Option<double>("--rate") { Description = "Actions of users in a second.", DefaultValueFactory = _ => 5 };
        var contacts = new Option<int>("--contacts") { Description = "Contacts that are there before the app is installed." };
        var deals = new Option<int>("--deals") { Description = "Deals that are there before the app is installed." };
        var retrySpeed = new Option<double>("--retry-speed") { Description = "How many times faster retries come than HubSpot's.", DefaultValueFactory = _ => 1 };
        var serve = new Command("serve", "Serves the CRM API, posts webhooks and lets users work. Ctrl+C ends it with a summary.")
        {
            port, target, signedUrl, secret, seed, rate, contacts, deals, retrySpeed,
        };
        serve.SetAction((parsed, cancellationToken) => RunAsync(
            new TwinOptions
            {
                Port = parsed.GetValue(port),
                Target = parsed.GetValue(target),
                SignedUrl = parsed.GetValue(signedUrl),
                ClientSecret = parsed.GetValue(secret)!,
                Seed = parsed.GetValue(seed),
                ContactsAtStart = parsed.GetValue(contacts),
                DealsAtStart = parsed.GetValue(deals),
                Forms = WebhookForms.Mixed,
                Sender = new SenderOptions { RetrySpeed = parsed.GetValue(retrySpeed), Disorder = 0.05, Repetition = 0.01 },
                Script = new ScriptOptions { ActionsPerSecond = parsed.GetValue(rate) },
            },
            cancellationToken));
        return serve;
    }

    private static async Task<int> RunAsync(TwinOptions options, CancellationToken cancellationToken)
    {
        await using var twin = await HubSpotTwin.StartAsync(options);
        Console.WriteLine($"CRM API on {twin.Address}; token {string.Join(", ", options.PortalIds.Select(twin.State.AccessTokenOf))}");
        try
        {
            await Task.WhenAll(twin.Script.RunAsync(Timeout.InfiniteTimeSpan, cancellationToken), ReportAsync(twin, options, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.WriteLine(JsonSerializer.Serialize(Summary(twin), _indented));
        }

        return 0;
    }

    private static async Task ReportAsync(HubSpotTwin twin, TwinOptions options, CancellationToken cancellationToken)
    {
        using var ticks = new PeriodicTimer(_reportEvery, options.Clock);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            var totals = twin.Ledger.Totals;
            Console.WriteLine($"{twin.Script.Actions} actions, {totals.Events} events, {totals.Acknowledged} acknowledged, "
                + $"{totals.Deliveries} deliveries, {twin.Sender.FailedRequests} requests failed, {twin.Calls.Total} API calls");
        }
    }

    private static object Summary(HubSpotTwin twin) => new
    {
        twin.Script.Actions,
        Events = twin.Ledger.Totals,
        twin.Sender.FailedRequests,
        CallsByOperation = twin.Calls.ByOperation,
        CallsByStatus = twin.Calls.ByStatus,
    };
}
