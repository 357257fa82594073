using System.CommandLine;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static partial class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serves until it is told to stop (SIGINT, SIGTERM).");
        command.SetAction((_, _) => RunAsync([]));
        return command;
    }

    public static Task<int> RunAsync(string[] args) => Failures.ReportAsync(async () =>
    {
        await using var app = Program.Build(args);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (app.Environment.IsDevelopment())
            await app.Services.MigrateDatabaseAsync(CancellationToken.None);
        if ((await app.Services.RequireMigratedDatabaseAsync(CancellationToken.None)).Unknown is [.., var newest])
            Log.ServesOnNewer(app.Logger, newest);

        await app.Services.PreparePubSubAsync(CancellationToken.None);
        var administrator = await app.Services.GetRequiredService<FirstAdministrator>().EnsureAsync(CancellationToken.None);
        if (app.Services.GetRequiredService<IOptions<LucitraOptions>>().Value.Parsed.HasFlag(LucitraRoles.Api))
            await app.Services.GetRequiredService<WarmUp>().RunAsync(CancellationToken.None);
        await app.StartAsync();
        if (app.Environment.IsDevelopment())
            Welcome.Print(app, administrator);
        await app.WaitForShutdownAsync();
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database is newer than this program, up to {Migration}, and has all that this program uses")]
        public static partial void ServesOnNewer(ILogger logger, string migration);
    }
}
