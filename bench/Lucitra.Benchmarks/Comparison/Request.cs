using System.Text.Json;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>A request of a case.</summary>
internal sealed record Request(string Method, string Path, string? Body)
{
    /// <summary>Stands in a body for a text that no other request has.</summary>
    public const string Unique = "{unique}";

    public static Request GraphQL(string query, object? variables = null) => Post("/graphql", query, variables);

    public static Request Post(string path, string query, object? variables = null) =>
        new("POST", path, JsonSerializer.Serialize(new { query = Flat(query), variables = variables ?? new { } }));

    public static Request Get(string path) => new("GET", path, null);

    // As a client's build prints documents.
    private static string Flat(string query) => string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
