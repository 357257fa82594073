using System.CommandLine;
using Lucitra.Graph.Startup;

namespace Lucitra.Graph.Commands;

/// <summary><c>settings export</c>: prints the table of settings.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var export = new Command("export", "Prints every setting with its default and its meaning, in Markdown: docs/configuration.md.");
        export.SetAction((_, _) => Failures.ReportAsync(() => Console.Out.WriteAsync(Settings.ToMarkdown())));
        return new Command("settings", "What can be configured.") { export };
    }
}
