using System.Text.Json;

namespace Lucitra.Benchmarks.Start;

/// <summary>What a program's <c>runtimeconfig.json</c> tells the runtime, by the name of the environment variable that says otherwise.</summary>
internal static class RuntimeSettings
{
    private static readonly Dictionary<string, string> _properties = new()
    {
        ["DOTNET_TieredPGO"] = "System.Runtime.TieredPGO",
        ["DOTNET_gcConcurrent"] = "System.GC.Concurrent",
        ["DOTNET_gcServer"] = "System.GC.Server",
    };

    /// <summary>Its value as 0 or 1; null where the program leaves it to the runtime, or sets no such thing.</summary>
    public static string? Of(string folder, string variable)
    {
        if (!_properties.TryGetValue(variable, out var property))
            return null;
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "Lucitra.Graph.runtimeconfig.json")));
        var properties = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        return properties.TryGetProperty(property, out var value) ? value.GetBoolean() ? "1" : "0" : null;
    }
}
