using System.Text.Json;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Conventions;

/// <summary>appsettings.json is the reference of all settings, and docs/configuration.md explains them.</summary>
public sealed class SettingsReferenceTests
{
    /// <summary>Sections of appsettings.json that belong to the framework.</summary>
    private static readonly string[] _frameworkSections = ["Logging"];

    [Fact]
    public void Appsettings_has_every_option_with_its_default()
    {
        var written = Written();
        var breaches =
            from setting in Settings.All
            let value = written.GetValueOrDefault(setting.Key)
            where value != setting.Default
            select value is null
                ? $"appsettings.json lacks {setting.Key}: add it with its default, {setting.Default}."
                : $"appsettings.json has {value} for {setting.Key}, but its default is {setting.Default}.";

        Convention.Holds(breaches);
    }

    [Fact]
    public void Appsettings_has_nothing_that_is_no_option()
    {
        var options = Settings.All.Select(setting => setting.Key).ToHashSet();
        var unknown =
            from key in Written().Keys
            where !_frameworkSections.Contains(key.Split(':')[0]) && !options.Contains(key)
            select $"appsettings.json has {key}, which no options class has: remove it.";

        Convention.Holds(unknown);
    }

    [Fact]
    public void Every_option_is_read_somewhere()
    {
        var read = PropertyReads.Of(HandWritten.Graph);
        read.UnionWith(PropertyReads.Of(HandWritten.Webhooks));
        var dead =
            from setting in Settings.All
            where !read.Contains($"{setting.Property.DeclaringType!.Name}.get_{setting.Property.Name}")
            select $"Nothing reads {setting.Key}: use it or remove it.";

        Convention.Holds(dead);
    }

    [Fact]
    public void The_page_of_settings_is_what_the_program_prints() =>
        Assert.Equal(Settings.ToMarkdown(), File.ReadAllText(SourceTree.Path("docs", "configuration.md")));

    /// <summary>The leaves of appsettings.json: key to JSON.</summary>
    private static Dictionary<string, string> Written()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SourceTree.Path("Lucitra.Graph", "appsettings.json")));
        return Leaves(file.RootElement, "").ToDictionary();
    }

    private static IEnumerable<(string Key, string Json)> Leaves(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(member => Leaves(member.Value, key.Length == 0 ? member.Name : $"{key}:{member.Name}"))
            : [(key, JsonSerializer.Serialize(element))];
}
