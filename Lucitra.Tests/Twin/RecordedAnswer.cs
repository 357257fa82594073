using System.Text.Json.Nodes;

namespace Lucitra.Tests.Twin;

/// <summary>HubSpot's answer as it was recorded, to hold the twin's to.</summary>
internal static class RecordedAnswer
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Twin", "answers");

    /// <summary>Holds status, headers and the shape of the body to a recording: members by name and kind, texts not compared.</summary>
    public static void IsLike(string name, TwinAnswer answer)
    {
        var recorded = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, $"{name}.json")))!;
        Assert.True((int)recorded["status"]! == answer.Status, $"{name}: {answer.Status} {answer.Text}");
        Assert.Equal(HeadersOf(recorded["headers"]!.AsObject().Select(header => header.Key)), HeadersOf(answer.Headers.Select(header => header.Key)));
        Assert.True(answer.Headers.Date is not null, $"{name}: no Date");
        if (recorded["body"] is JsonObject body)
            Assert.Equal(Shape(body), Shape(answer.Body));
        else
            Assert.Equal((string?)recorded["body"], answer.Text);
    }

    private static string HeadersOf(IEnumerable<string> names) =>
        string.Join(' ', names.Where(name => name.StartsWith("X-HubSpot-RateLimit", StringComparison.OrdinalIgnoreCase) || name == "Retry-After").Order());

    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject json => $"{{{string.Join(',', json.OrderBy(member => member.Key, StringComparer.Ordinal).Select(Shape))}}}",
        JsonArray array => $"[{(array.Count > 0 ? Shape(array[0]) : "")}]",
        null => "text",
        _ => node.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => "text",
            System.Text.Json.JsonValueKind.Number => "number",
            _ => "flag",
        },
    };

    // Which properties come depends on the question.
    private static string Shape(KeyValuePair<string, JsonNode?> member) =>
        member.Key == "properties" ? "properties" : $"{member.Key}:{Shape(member.Value)}";
}
