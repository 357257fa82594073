using System.CommandLine;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Commands;

/// <summary><c>serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
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
        else
            await app.Services.RequireMigratedDatabaseAsync(CancellationToken.None);

        await app.Services.PreparePubSubAsync(CancellationToken.None);
        var administrator = await app.Services.GetRequiredService<FirstAdministrator>().EnsureAsync(CancellationToken.None);
        await app.StartAsync();
        if (app.Environment.IsDevelopment())
            Welcome.Print(app, administrator);
        await app.WaitForShutdownAsync();
    });
}
