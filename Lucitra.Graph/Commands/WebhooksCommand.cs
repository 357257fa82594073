using System.CommandLine;
using System.CommandLine.Parsing;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Commands;

/// <summary><c>webhooks</c>: <c>sample</c> posts a signed delivery; what <see cref="EventsCommand"/> has works on stored events.</summary>
internal static class WebhooksCommand
{
    public static Command Create()
    {
        var file = new Option<FileInfo?>("--file") { Description = "The body to sign and post, byte for byte. Left out: a new contact and a new deal." };
        var url = new Option<Uri?>("--url") { Description = "Where to post it. Left out: /webhook at HubSpot:PublicBaseUrl.", CustomParser = ParseUrl };
        var sample = new Command("sample", "Posts a delivery to a running server, signed as HubSpot signs with HubSpot:ClientSecret.") { file, url };
        sample.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = ServerDefaults.CreateBuilder([]);
            builder.UseLucitraDefaults();
            builder.Logging.ClearProviders();
            builder.Services.AddWebhooks(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();

            var target = parsed.GetValue(url) ?? new Uri(new Uri(builder.Configuration["HubSpot:PublicBaseUrl"]!), "/webhook");
            var body = parsed.GetValue(file) is { } given ? await File.ReadAllBytesAsync(given.FullName, cancellationToken) : null;
            var delivery = await services.GetRequiredService<SampleWebhook>().PostAsync(target, body, cancellationToken);
            Console.WriteLine($"{delivery.Url} answered {(int)delivery.Status} {delivery.Status}.");
            if (delivery.Email is { } email)
                Console.WriteLine($"Contact {delivery.ContactId} ({email}) and deal {delivery.DealId} can be read back now.");
            if ((int)delivery.Status >= 300)
                throw new InvalidSettingException("The delivery was not accepted. 401: secret or public URL differ from the server's; 503: its queue is down.");
        }));
        return new Command("webhooks", "HubSpot's webhooks.") { sample, EventsCommand.CreateList(), EventsCommand.CreateReplay(), EventsCommand.CreateDiscard() };
    }

    private static Uri? ParseUrl(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
            return url;
        argument.AddError("--url takes an absolute http or https URL, such as http://localhost:8080/webhook.");
        return null;
    }
}
