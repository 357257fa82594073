using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Infrastructure;

/// <summary>What <c>infra/terraform</c> says, as JSON; expressions are text in <c>${…}</c>.</summary>
internal static class TerraformFiles
{
    private static readonly Lazy<Task<JsonElement>> _files = new(async () =>
        (await NodeScript.RunAsync("hcl.mjs", SourceTree.Path("infra", "terraform"))).GetProperty("files"));

    /// <summary>Files by name; skips the test where Node is missing.</summary>
    public static Task<JsonElement> ReadAsync()
    {
        Skip.If(NodeScript.MissingReason is not null, NodeScript.MissingReason);
        return _files.Value;
    }

    /// <summary>The whole text.</summary>
    public static string Text { get; } = string.Join('\n', Directory.EnumerateFiles(SourceTree.Path("infra", "terraform"), "*.tf").Order().Select(File.ReadAllText));

    /// <summary>The members of a file's <c>locals</c>.</summary>
    public static JsonElement Locals(this JsonElement files, string file) => files.GetProperty(file).GetProperty("locals")[0];

    /// <summary>A resource.</summary>
    public static JsonElement Resource(this JsonElement files, string file, string type, string name) =>
        files.GetProperty(file).GetProperty("resource").GetProperty(type).GetProperty(name)[0];

    /// <summary>A block that stands once in another.</summary>
    public static JsonElement Block(this JsonElement parent, string name) => Assert.Single(parent.GetProperty(name).EnumerateArray());
}
