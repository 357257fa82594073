using System.Text.Json.Nodes;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// What the comment at the head of a REST document says: its routes, then a summary if the root field's own description
/// does not fit, and with <c>Example:</c> a body that works on an empty server.
/// </summary>
/// <param name="Summary">What the endpoint does; null: what the root field does.</param>
/// <param name="Example">A body; null: none.</param>
internal sealed record RestNotes(string? Summary, JsonNode? Example)
{
    private const string ExampleMark = "Example:";

    public static RestNotes Of(string text)
    {
        var lines = text.Split('\n').TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim()).Where(line => !IsRoute(line)).ToList();
        var summary = string.Join(' ', lines.TakeWhile(line => !line.StartsWith(ExampleMark, StringComparison.Ordinal)));
        var example = string.Join(' ', lines.SkipWhile(line => !line.StartsWith(ExampleMark, StringComparison.Ordinal)));
        return new(summary.Length > 0 ? summary : null, example.Length > 0 ? JsonNode.Parse(example[ExampleMark.Length..]) : null);
    }

    private static bool IsRoute(string line) =>
        line.Split(' ') is [var method, ['/', ..]] && method.All(char.IsAsciiLetterUpper);
}
