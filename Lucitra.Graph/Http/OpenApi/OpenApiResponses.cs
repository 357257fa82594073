using System.Globalization;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Http.Rest;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>The responses of an operation: its result, the rules it can find broken, and what every route may answer.</summary>
internal sealed class OpenApiResponses(JsonSchemas schemas, RestDocuments documents)
{
    public JsonObject Of(RestRoute route, FieldType root, bool takesBody, bool takesVersion)
    {
        var isRead = HttpMethods.IsGet(route.Method);
        var all = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var name in new[] { "400", "401", "403", "406", "429", "500" })
            all[name] = Shared(name);
        if (isRead)
            all["304"] = Shared("304");
        if (isRead && root.ResolvedType is not NonNullGraphType && !IsList(route))
            all["404"] = Shared("404");
        if (takesBody)
            (all["413"], all["415"]) = (Shared("413"), Shared("415"));
        foreach (var (status, response) in BrokenRules(root, takesVersion))
            all[status] = response;
        var (success, result) = Success(route, root);
        all[success] = result;
        return new(all.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
    }

    private static bool IsList(RestRoute route) => route.Document.Select(route.Document.Result, "pageInfo") is not null;

    private static JsonObject Shared(string status) => new() { ["$ref"] = $"#/components/responses/{status}" };

    private (string Status, JsonObject Response) Success(RestRoute route, FieldType root)
    {
        var document = route.Document;
        var payload = root.ResolvedType!.GetNamedType() as IComplexGraphType;
        if (!document.HasPayload)
            return ("200", Content("The result.", schemas.Answer(new NonNullGraphType(WithoutNonNull(root.ResolvedType!)), document.Result, document), Headers(route, isCreated: false)));
        if (document.Select(document.Result, RestDocument.ItemField) is not { } item)
            return ("204", new JsonObject { ["description"] = "Done." });

        var isCreated = documents.Creates(route);
        var answer = schemas.Answer(new NonNullGraphType(WithoutNonNull(payload!.Fields.Find(item.Name.Value)!.ResolvedType!)), item, document);
        return isCreated
            ? ("201", Content("What was created.", answer, Headers(route, isCreated)))
            : ("200", Content("The record as it is now.", answer, Headers(route, isCreated)));
    }

    private static IGraphType WithoutNonNull(IGraphType type) => type is NonNullGraphType nonNull ? nonNull.ResolvedType! : type;

    private static IEnumerable<string> Headers(RestRoute route, bool isCreated)
    {
        yield return "ETag";
        yield return "RateLimit";
        yield return "RateLimit-Policy";
        if (isCreated)
            yield return "Location";
        if (IsList(route))
            yield return "Link";
    }

    private static JsonObject Content(string description, JsonObject answer, IEnumerable<string> headers) => new()
    {
        ["description"] = description,
        ["headers"] = new JsonObject(headers.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/headers/{name}" }))),
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = answer } },
    };

    private static IEnumerable<(string Status, JsonObject Response)> BrokenRules(FieldType root, bool takesVersion)
    {
        var errors = (root.ResolvedType!.GetNamedType() as IComplexGraphType)?.Fields.Find(RestDocument.ErrorsField);
        if (errors?.ResolvedType?.GetNamedType() is not UnionGraphType union)
            return [];

        return from rule in union.PossibleTypes
               from status in new[] { RestProblem.StatusOf(rule.Name, isPrecondition: false), RestProblem.StatusOf(rule.Name, takesVersion) }.Distinct()
               group rule by status into rules
               select (rules.Key.ToString(CultureInfo.InvariantCulture), BrokenRule([.. rules.OrderBy(rule => rule.Name, StringComparer.Ordinal)]));
    }

    private static JsonObject BrokenRule(List<IObjectGraphType> rules) => new()
    {
        ["description"] = string.Join('\n', rules.Select(rule => $"- `{rule.Name}`: {rule.Description}")),
        ["content"] = new JsonObject
        {
            ["application/problem+json"] = new JsonObject
            {
                ["schema"] = new JsonObject
                {
                    ["allOf"] = new JsonArray(
                        new JsonObject { ["$ref"] = "#/components/schemas/Problem" },
                        new JsonObject
                        {
                            ["type"] = "object",
                            ["properties"] = new JsonObject
                            {
                                ["code"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. rules.Select(rule => JsonValue.Create(rule.Name))]) },
                            },
                        }),
                },
            },
        },
    };
}
