using System.CommandLine;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Commands;

/// <summary><c>analytics</c>: keeps the figures in order.</summary>
internal static class AnalyticsCommand
{
    public static Command Create() => new("analytics", "The figures of dashboard and reports.") { Rebuild() };

    private static Command Rebuild()
    {
        var command = new Command("rebuild", "Makes the rollups of contacts and deals anew from the rows. Servers may run meanwhile. Exit code 0: done; 1: stopped.");
        command.SetAction((_, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = ServerDefaults.CreateBuilder([]);
            builder.Services.AddDatabase(builder.Configuration, builder.Environment);
            await using var services = builder.Services.BuildServiceProvider();
            await services.RequireMigratedDatabaseAsync(cancellationToken);
            var (contexts, clock) = (services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), services.GetRequiredService<TimeProvider>());
            var records = await RollupRebuild.RunAsync(contexts, clock, cancellationToken);
            Console.WriteLine($"Made the rollups of {records} records anew.");
        }));
        return command;
    }
}
