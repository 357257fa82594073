using System.CommandLine;
using Lucitra.Graph.Http.OpenApi;

namespace Lucitra.Graph.Commands;

/// <summary><c>openapi export</c>: prints the OpenAPI description of the REST routes.</summary>
internal static class OpenApiCommand
{
    public static Command Create()
    {
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Left out: standard output." };
        var export = new Command("export", "Prints the OpenAPI 3.1 description of the REST routes.") { output };
        export.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            await using var app = Program.Build(["--environment", "Development"]);
            var text = app.Services.GetRequiredService<OpenApiText>().Write();
            if (parsed.GetValue(output) is { } file)
                await File.WriteAllTextAsync(file.FullName, text, cancellationToken);
            else
                await Console.Out.WriteAsync(text);
        }));
        return new Command("openapi", "The description of the REST routes.") { export };
    }
}
