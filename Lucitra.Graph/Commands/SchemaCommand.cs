using System.CommandLine;
using GraphQL.Types;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Commands;

/// <summary><c>schema export</c>: prints the GraphQL schema.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Left out: standard output." };
        var export = new Command("export", "Prints the GraphQL schema in the schema definition language.") { output };
        export.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            await using var app = Program.Build(["--environment", "Development"]);
            var sdl = SchemaText.Of(app.Services.GetRequiredService<ISchema>());
            if (parsed.GetValue(output) is { } file)
                await File.WriteAllTextAsync(file.FullName, sdl, cancellationToken);
            else
                await Console.Out.WriteAsync(sdl);
        }));
        return new Command("schema", "The GraphQL schema.") { export };
    }
}
