using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>
/// The OpenAPI 3.1 description of the REST routes. Everything in it follows from the documents and the schema, except what
/// no document says: the file <c>openapi.json</c> beside this class, which has the routes without a document too.
/// </summary>
internal sealed class OpenApiText(RestDocuments documents, ISchema schema)
{
    public const string Route = "/openapi/v1.json";

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write()
    {
        schema.Initialize();
        var root = ReadBase();
        var schemas = new JsonSchemas(schema);
        var parameters = new OpenApiParameters(schema, schemas);
        var responses = new OpenApiResponses(schemas, documents);
        var paths = root["paths"]!.AsObject();
        var tags = root["tags"]!.AsArray();
        foreach (var route in documents.Routes)
        {
            var field = RootField(route.Document);
            var tag = TagOf(route);
            if (tags.All(known => (string)known!["name"]! != tag))
                tags.Add(new JsonObject { ["name"] = tag, ["description"] = TagMeaning(route, field) });
            if (!paths.ContainsKey(route.Pattern))
                paths[route.Pattern] = new JsonObject();

            var body = parameters.BodyOf(route);
            var operation = new JsonObject
            {
                ["operationId"] = OperationId(route),
                ["tags"] = new JsonArray(tag),
                ["summary"] = Summary(route, field),
                ["parameters"] = parameters.Of(route, field),
            };
            AddAccess(operation, field, RootOf(route.Document));
            if (body is not null)
                operation["requestBody"] = body;
            operation["responses"] = responses.Of(route, field, body is not null, parameters.TakesVersion(route));
            paths[route.Pattern]![route.Method.ToLowerInvariant()] = operation;
        }

        foreach (var (name, component) in schemas.ToJson())
            root["components"]!["schemas"]![name] = component!.DeepClone();
        return root.ToJsonString(_json) + "\n";
    }

    private static JsonObject ReadBase()
    {
        using var stream = typeof(OpenApiText).Assembly.GetManifestResourceStream("openapi.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static string Summary(RestRoute route, FieldType field) => route.Document.Notes.Summary ?? field.Description ?? route.Document.Name;

    // PUT runs the document of PATCH, and an id names one operation only.
    private string OperationId(RestRoute route)
    {
        var name = char.ToLowerInvariant(route.Document.Name[0]) + route.Document.Name[1..];
        return documents.Routes.First(other => other.Document == route.Document) == route ? name : $"{name}By{route.Method[0]}{route.Method[1..].ToLowerInvariant()}";
    }

    private static string TagOf(RestRoute route) => route.Pattern.Split('/').Skip(3).FirstOrDefault(part => !part.StartsWith('{')) ?? "api";

    private static string TagMeaning(RestRoute route, FieldType field) =>
        route.Document.Operation.Operation == OperationType.Query ? field.Description ?? TagOf(route) : $"Routes below {string.Join('/', route.Pattern.Split('/').Take(4))}.";

    private FieldType RootField(RestDocument document) => RootOf(document).Fields.Find(document.Result.Name.Value)!;

    private IObjectGraphType RootOf(RestDocument document) =>
        document.Operation.Operation == OperationType.Mutation ? schema.Mutation! : schema.Query;

    private void AddAccess(JsonObject operation, FieldType field, IObjectGraphType root)
    {
        var rule = field.AccessOf(root);
        if (rule?.Entity is { } entity)
            rule = schema.AllTypes[entity.Name]?.DeclaredAccess();
        if (rule is { Kind: AccessKind.Open })
            operation["security"] = new JsonArray();
        if (rule is { Kind: AccessKind.Scoped })
            operation["description"] = $"Needs {string.Join(" and ", ScopeNames.Of(rule.Scopes).Select(scope => $"`{scope}`"))}.";
    }
}
