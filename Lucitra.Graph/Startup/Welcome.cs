using System.Reflection;
using Lucitra.Graph.Auth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Startup;

/// <summary>What a person at the terminal sees when a development server has started: where everything is, and how to get in.</summary>
internal static class Welcome
{
    public static void Print(WebApplication app, (string Email, string? Password)? administrator)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("[::]", "localhost", StringComparison.Ordinal);
        var key = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.ApiKey;
        var version = typeof(Welcome).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
        var port = app.Configuration["PORT"] is { Length: > 0 } given ? $"PORT={given} " : "";
        var url = port.Length > 0 || address.EndsWith(":8080", StringComparison.Ordinal) ? "" : $" --url {address}/webhook";

        Console.WriteLine($$"""

              Lucitra {{version}}: HubSpot's data, live

              GraphQL and explorer   {{address}}/graphql/
              Dashboard              {{address}}/dashboard
              REST                   {{address}}/api/v1/contacts
              Webhook                {{address}}/webhook
              Health                 {{address}}/health
              Docs                   README.md, docs/, and the schema at {{address}}/graphql/schema

              API key                {{key}}
              Administrator          {{AdministratorLine(administrator)}}

              Post a signed webhook, from a second terminal:

                {{port}}dotnet run --no-build --project Lucitra.Graph -- webhooks sample{{url}}

              Read it back:

                curl -s {{address}}/graphql -H 'Authorization: Bearer {{key}}' -H 'Content-Type: application/json' \
                  -d '{"query":"{ contacts(first: 5, order: [{ createdAt: DESC }]) { nodes { email firstName lifecycleStage } } }"}'

            """);
    }

    private static string AdministratorLine((string Email, string? Password)? administrator) => administrator switch
    {
        null => "made at the first start",
        (var email, null) => $"{email}, password as set",
        var (email, password) => $"{email}, password {password} (not shown again; mutation login)",
    };
}
