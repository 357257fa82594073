using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Http.Rest;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>The parameters and the body of an operation.</summary>
internal sealed class OpenApiParameters(ISchema schema, JsonSchemas schemas)
{
    private const string RepeatKey = "clientMutationId";

    public JsonArray Of(RestRoute route, FieldType root)
    {
        var parameters = route.Document.ParametersIn(schema);
        var path = PathNames(route);
        var input = InputOf(parameters);
        return
        [
            .. path.Select(name => Parameter("path", name, Required(parameters.Variables.GetValueOrDefault(name) ?? input?.Fields.Find(name)?.ResolvedType), Meaning(route, root, input, name), isRequired: true)),
            .. parameters.Variables.Where(variable => variable.Value.GetNamedType() is not IInputObjectGraphType && !path.Contains(variable.Key) && HttpMethods.IsGet(route.Method))
                .Select(variable => Parameter("query", variable.Key, schemas.Input(variable.Value, mayBeNull: false), Meaning(route, root, input, variable.Key), IsRequired(route, variable.Key))),
            .. parameters.Columns.Select(column => Filter(column.Field, column.Operations)),
            .. Sort(parameters),
            .. parameters.Variables.Where(variable => variable.Value.GetNamedType() is IInputObjectGraphType && variable.Key != RestDocument.InputVariable)
                .Select(variable => Parameter(
                    "query", variable.Key, new JsonObject { ["type"] = "string" },
                    $"{Meaning(route, root, input, variable.Key)} As JSON of the GraphQL type `{variable.Value}`, for what the other parameters cannot say.", IsRequired(route, variable.Key))),
            .. HeadersOf(route, parameters, input).Select(name => new JsonObject { ["$ref"] = $"#/components/parameters/{name}" }),
        ];
    }

    /// <summary>The request body; null when there is none.</summary>
    public JsonObject? BodyOf(RestRoute route)
    {
        if (HttpMethods.IsGet(route.Method) || HttpMethods.IsDelete(route.Method))
            return null;

        var parameters = route.Document.ParametersIn(schema);
        var path = PathNames(route);
        JsonObject body;
        bool isRequired;
        if (InputOf(parameters) is { } input)
        {
            body = schemas.InputObject(input, [.. path, RepeatKey]);
            isRequired = route.Document.Notes.Example is not null || input.Fields.Any(field => field.ResolvedType is NonNullGraphType && !path.Contains(field.Name));
        }
        else
        {
            var members = parameters.Variables.Where(variable => !path.Contains(variable.Key)).ToList();
            if (members.Count == 0)
                return null;
            body = new() { ["type"] = "object", ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)schemas.Input(member.Value)))) };
            var required = members.Where(member => IsRequired(route, member.Key)).Select(member => (JsonNode)member.Key).ToArray();
            isRequired = required.Length > 0;
            if (isRequired)
                body["required"] = new JsonArray(required);
        }

        var content = new JsonObject { ["schema"] = body };
        if (route.Document.Notes.Example is { } example)
            content["examples"] = new JsonObject { ["example"] = new JsonObject { ["value"] = example.DeepClone() } };
        var types = new JsonObject { ["application/json"] = content };
        if (HttpMethods.IsPatch(route.Method))
            types["application/merge-patch+json"] = content.DeepClone();
        return new() { ["required"] = isRequired, ["content"] = types };
    }

    public bool TakesVersion(RestRoute route) => RestPreconditions.TakesVersion(route.Document.ParametersIn(schema));

    private static IInputObjectGraphType? InputOf(RestParameters parameters) =>
        parameters.Variables.GetValueOrDefault(RestDocument.InputVariable)?.GetNamedType() as IInputObjectGraphType;

    private static List<string> PathNames(RestRoute route) =>
        [.. route.Pattern.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}'))];

    private static IEnumerable<string> HeadersOf(RestRoute route, RestParameters parameters, IInputObjectGraphType? input)
    {
        if (HttpMethods.IsGet(route.Method))
            yield return "IfNoneMatch";
        if (RestPreconditions.TakesVersion(parameters))
            yield return "IfMatch";
        if (input?.Fields.Find(RepeatKey) is not null)
            yield return "IdempotencyKey";
    }

    private static bool IsRequired(RestRoute route, string variable) =>
        route.Document.Variables[variable] is { Type: GraphQLNonNullType, DefaultValue: null };

    private static string? Meaning(RestRoute route, FieldType root, IInputObjectGraphType? input, string name)
    {
        if (!route.Document.Variables.ContainsKey(name))
            return input?.Fields.Find(name)?.Description;

        return ArgumentUses.Of(name, route.Document, root);
    }

    private static JsonObject Parameter(string place, string name, JsonObject type, string? description, bool isRequired)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = isRequired };
        JsonSchemas.Described(parameter, description);
        parameter["schema"] = type;
        return parameter;
    }

    private static IEnumerable<JsonObject> Sort(RestParameters parameters)
    {
        var columns = parameters.SortColumns.ToList();
        if (columns.Count == 0)
            yield break;

        var parameter = Parameter(
            "query", RestParameters.Sort,
            new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. columns.SelectMany(column => new JsonNode[] { column, $"-{column}" })]) } },
            "The columns to sort by, the most important first; `-` before one: from the greatest to the smallest. Ties go by id.", isRequired: false);
        parameter["style"] = "form";
        parameter["explode"] = false;
        yield return parameter;
    }

    private JsonObject Filter(FieldType column, IInputObjectGraphType operations)
    {
        var parameter = Parameter("query", column.Name, schemas.Filter(operations), column.Description, isRequired: false);
        parameter["style"] = "deepObject";
        parameter["explode"] = true;
        return parameter;
    }

    private JsonObject Required(IGraphType? type) => type is null ? new JsonObject { ["type"] = "string" } : schemas.Input(type, mayBeNull: false);
}
