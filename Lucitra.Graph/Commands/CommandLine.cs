using System.CommandLine;

namespace Lucitra.Graph.Commands;

/// <summary>The program's commands. Without one it serves.</summary>
internal static class CommandLine
{
    public static Task<int> RunAsync(string[] args)
    {
        // Settings in the form --Section:Key=value belong to the host, not to a command.
        if (args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")))
            return ServeCommand.RunAsync(args);

        var root = new RootCommand("Lucitra, the GraphQL API server that makes HubSpot's data live. Without a command it serves.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
            SchemaCommand.Create(),
            OpenApiCommand.Create(),
            SettingsCommand.Create(),
            WebhooksCommand.Create(),
            IdentityCommands.CreateUser(),
            IdentityCommands.CreateApiKey(),
            PubSubCommand.Create(),
            HubSpotCommand.Create(),
            AnalyticsCommand.Create(),
            SeedCommand.Create(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
