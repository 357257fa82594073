using Lucitra.Graph.Http.Explorer;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Explorer;

/// <summary>Puts <c>welcome.graphql</c>, operations to start from, into new documents of the explorer.</summary>
internal sealed class ExplorerWelcome : IConfigureOptions<ExplorerOptions>
{
    public void Configure(ExplorerOptions options)
    {
        using var reader = new StreamReader(typeof(ExplorerWelcome).Assembly.GetManifestResourceStream("explorer-welcome.graphql")!);
        options.Document = reader.ReadToEnd();
    }
}
