using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema;

/// <summary>Nothing that a released client may use goes away unannounced. See docs/decisions/0004.</summary>
public sealed class ContractTests
{
    private const string Released = "type Query { contact(id: ID, email: String): Contact } type Contact { email: String, name: String }";
    private const string NoChangelog = "# Changelog\n\n## Unreleased\n";

    [SkippableFact]
    public async Task The_schema_keeps_what_was_released_or_the_changelog_says_what_breaks()
    {
        var compared = await NodeScript.RunAsync(
            "contract.mjs", SourceTree.Path("docs", "schema-released.graphql"), SourceTree.Path("schema.graphql"), SourceTree.Path("CHANGELOG.md"));

        Assert.True(
            compared.GetProperty("unannounced").GetArrayLength() == 0,
            $"""
            Clients of docs/schema-released.graphql would break. Deprecate instead, or name each coordinate below
            "### Breaking" of "## Unreleased" in CHANGELOG.md (docs/decisions/0004):
            {string.Join('\n', compared.GetProperty("unannounced").EnumerateArray().Select(change => $"- `{change.Text("coordinate")}`: {change.Text("message")}"))}
            """);
    }

    [SkippableFact]
    public async Task An_equal_schema_changes_nothing()
    {
        var compared = await CompareAsync(Released, NoChangelog);

        Assert.Equal("""{"breaking":[],"unannounced":[],"other":[]}""", compared.GetRawText());
    }

    [SkippableFact]
    public async Task A_new_or_deprecated_field_breaks_nobody()
    {
        var compared = await CompareAsync(
            """type Query { contact(id: ID, email: String): Contact } type Contact { email: String, name: String @deprecated(reason: "Ask for fullName; until 2.0."), fullName: String }""",
            NoChangelog);

        Assert.Empty(compared.GetProperty("breaking").EnumerateArray());
        Assert.Contains("Contact.fullName", compared.Texts("other", "coordinate"));
    }

    [SkippableTheory]
    [InlineData("## Unreleased", "Contact.name", "Query.contact(email:)")]
    [InlineData("## Unreleased\n### Breaking\n- `Contact.name` is gone.\n### Added\n- `Query.contact(email:)`", "Query.contact(email:)")]
    [InlineData("## Unreleased\n### Breaking\n- `Contact` is smaller.\n## 1.0\n### Breaking\n- `Contact.name`, `Query.contact(email:)`", "Contact.name", "Query.contact(email:)")]
    [InlineData("## Unreleased\n### Breaking\n- `Contact.name` is gone, and `Query.contact(email:)`.")]
    public async Task What_breaks_is_to_be_announced_by_its_coordinate(string changelog, params string[] unannounced)
    {
        var compared = await CompareAsync("type Query { contact(id: ID): Contact } type Contact { email: String }", changelog);

        Assert.Equal(["Contact.name", "Query.contact(email:)"], compared.Texts("breaking", "coordinate").Order(StringComparer.Ordinal));
        Assert.Equal(unannounced, compared.Texts("unannounced", "coordinate").Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> CompareAsync(string schema, string changelog)
    {
        var folder = Directory.CreateTempSubdirectory("lucitra-contract-");
        try
        {
            var files = await Task.WhenAll(
                WriteAsync("released.graphql", Released), WriteAsync("schema.graphql", schema), WriteAsync("CHANGELOG.md", changelog));
            return await NodeScript.RunAsync("contract.mjs", files);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        async Task<string> WriteAsync(string name, string text)
        {
            var file = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(file, text);
            return file;
        }
    }
}
