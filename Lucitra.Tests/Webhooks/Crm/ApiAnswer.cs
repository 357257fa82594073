using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lucitra.Tests.Webhooks.Crm;

/// <summary>An answer of HubSpot's API, from <c>HubSpot/api</c> or made up.</summary>
internal sealed record ApiAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "HubSpot", "api");

    public static ApiAnswer Of(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, $"{name}.json")))!;
        var body = file["body"]!;
        var text = body.GetValueKind() == JsonValueKind.String ? body.GetValue<string>() : body.ToJsonString();
        return new ApiAnswer((int)file["status"]!, file["headers"]!.Deserialize<Dictionary<string, string>>()!, text);
    }

    public static ApiAnswer Json(string body, int status = 200) =>
        new(status, new Dictionary<string, string> { ["Content-Type"] = "application/json" }, body);

    public ApiAnswer With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };

    public HttpResponseMessage ToResponse()
    {
        var content = new StringContent(Body, Encoding.UTF8);
        var response = new HttpResponseMessage((HttpStatusCode)Status) { Content = content };
        foreach (var (name, value) in Headers)
        {
            if (name != "Content-Type")
                response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
