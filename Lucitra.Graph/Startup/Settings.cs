using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lucitra.Graph.Schema;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Startup;

/// <summary>One setting: a property of an options class.</summary>
/// <param name="Key">As in appsettings.json, levels divided by colons.</param>
/// <param name="Default">The default as JSON.</param>
/// <param name="Property">What holds it.</param>
internal sealed record Setting(string Key, string Default, PropertyInfo Property)
{
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>All settings of the program, read from its options classes: those with a constant <c>Section</c>.</summary>
internal static class Settings
{
    private static readonly JsonSerializerOptions _json = new() { Converters = { new JsonStringEnumConverter() } };

    public static IReadOnlyList<Setting> All { get; } = [..
        from type in typeof(Settings).Assembly.GetTypes().Concat(typeof(HubSpotOptions).Assembly.GetTypes())
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)
        where section is { IsLiteral: true }
        let name = (string)section.GetRawConstantValue()!
        orderby name
        from setting in Of(name, Activator.CreateInstance(type)!)
        select setting];

    /// <summary>The table of all settings, as docs/configuration.md has it.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder("""
            # Configuration

            Every setting, by the name of its environment variable; in `appsettings.json`, and on the command line, `:` stands for
            `__`. The environment goes before the file, and the command line before both. Entries of a list are numbered:
            `GraphQL__AllowedOrigins__0`. Wrong settings keep the server from starting, and it says which.

            `PORT` is the port to listen on, at every address; without it the server listens at `http://localhost:8080`.

            OpenTelemetry's own variables apply where `OTEL_EXPORTER_OTLP_ENDPOINT` is set: among them `OTEL_EXPORTER_OTLP_PROTOCOL`,
            `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_EXPORTER_OTLP_TIMEOUT` (3000 ms here), `OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES`. On Google Cloud
            `GOOGLE_CLOUD_PROJECT` names the project, in the log too; `K_SERVICE` is Cloud Run's.

            `dotnet run --project Lucitra.Graph -- settings export --output docs/configuration.md` writes this page from the program's
            options.

            | Setting | Default | Meaning |
            |---|---|---|

            """);
        foreach (var setting in All)
            page.Append($"| `{setting.EnvironmentName}` | {DefaultCell(setting)} | {Documentation.Of(setting.Property)} |\n");
        return page.ToString();
    }

    private static string DefaultCell(Setting setting) => setting.Default switch
    {
        "\"\"" => "empty",
        "[]" => "none",
        var json => $"`{json.Trim('"')}`",
    };

    private static IEnumerable<Setting> Of(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var (key, value) = ($"{section}:{property.Name}", property.GetValue(options)!);
            if (property.PropertyType.IsClass && property.PropertyType.Assembly != typeof(object).Assembly && !property.PropertyType.IsArray)
            {
                foreach (var inner in Of(key, value))
                    yield return inner;
            }
            else
            {
                yield return new Setting(key, JsonSerializer.Serialize(value, _json), property);
            }
        }
    }
}
