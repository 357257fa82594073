using System.CommandLine;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;

namespace Lucitra.Graph.Commands;

/// <summary><c>migrate</c>: brings the database to this program's schema.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var contract = new Option<bool>("--contract")
        {
            Description = "Also takes away what the release before uses and this one does without. Only once no program of the release before serves.",
        };
        var restored = new Option<bool>("--restored")
        {
            Description = "The database was restored from a backup: clients that saw later changes than it has get what comes from now on all the same.",
        };
        var command = new Command(
            "migrate",
            "Brings the database to this program's schema, creating it where it is missing, while programs of the release before serve on it. "
            + "Does nothing when it is there already. Several may be started at once: one works, the others wait.") { contract, restored };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = ServerDefaults.CreateBuilder([]);
            builder.Services.AddDatabase(builder.Configuration, builder.Environment);
            await using var services = builder.Services.BuildServiceProvider();
            var applied = await services.GetRequiredService<SchemaMigration>().RunAsync(parsed.GetValue(contract), parsed.GetValue(restored), cancellationToken);
            foreach (var migration in applied)
                Console.WriteLine($"Applied {migration}.");
            var fit = await services.RequireMigratedDatabaseAsync(cancellationToken);
            Console.WriteLine(fit.Missing.Count == 0
                ? "The database is up to date."
                : $"The database is up to date. Run 'migrate --contract' once no program of the release before serves: {string.Join(", ", fit.Missing)}.");
        }));
        return command;
    }
}
