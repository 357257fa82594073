using System.CommandLine;
using Lucitra.Graph.Startup;

namespace Lucitra.Graph.Commands;

/// <summary><c>settings export</c>: prints the table of settings.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Left out: standard output." };
        var export = new Command("export", "Prints every setting with its default and its meaning, in Markdown: docs/configuration.md.") { output };
        export.SetAction((parsed, cancellationToken) => Failures.ReportAsync(() => parsed.GetValue(output) is { } file
            ? File.WriteAllTextAsync(file.FullName, Settings.ToMarkdown(), cancellationToken)
            : Console.Out.WriteAsync(Settings.ToMarkdown())));
        return new Command("settings", "What can be configured.") { export };
    }
}
