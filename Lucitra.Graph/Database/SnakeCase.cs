using System.Text.Json;

namespace Lucitra.Graph.Database;

/// <summary>The names of tables and columns.</summary>
internal static class SnakeCase
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name.Replace("HubSpot", "Hubspot", StringComparison.Ordinal));
}
