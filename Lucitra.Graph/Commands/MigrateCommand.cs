using System.CommandLine;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;

namespace Lucitra.Graph.Commands;

/// <summary><c>migrate</c>: brings the database to this program's schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Brings the database to this program's schema, creating it where it is missing. Does nothing when it is there already.");
        command.SetAction((_, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = ServerDefaults.CreateBuilder([]);
            builder.Services.AddDatabase(builder.Configuration, builder.Environment);
            await using var services = builder.Services.BuildServiceProvider();
            await services.MigrateDatabaseAsync(cancellationToken);
            Console.WriteLine("The database is up to date.");
        }));
        return command;
    }
}
