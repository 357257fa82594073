using System.Text.Json.Nodes;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Graph.Http.Rest;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>
/// JSON schemas of what documents select and of what they take, gathered as components. A selection that is one fragment
/// alone is called as the fragment; any other, as its type.
/// </summary>
internal sealed class JsonSchemas(ISchema schema)
{
    private readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal);

    public JsonObject ToJson() => new(_components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value.DeepClone())));

    /// <summary>The schema of a field's answer.</summary>
    public JsonObject Answer(IGraphType type, GraphQLField field, RestDocument document) =>
        type is NonNullGraphType nonNull ? Present(nonNull.ResolvedType!, field, document) : OrNull(Present(type, field, document));

    /// <summary>The schema of a value to send.</summary>
    public JsonObject Input(IGraphType type, bool mayBeNull = true)
    {
        if (type is NonNullGraphType nonNull)
            return Input(nonNull.ResolvedType!, mayBeNull: false);

        var present = type switch
        {
            ListGraphType list => new JsonObject { ["type"] = "array", ["items"] = Input(list.ResolvedType!) },
            IInputObjectGraphType input => InputObject(input, []),
            _ => Leaf(type),
        };
        return mayBeNull ? OrNull(present) : present;
    }

    /// <summary>The schema of an input object, apart from fields that the request says elsewhere.</summary>
    public JsonObject InputObject(IInputObjectGraphType input, IReadOnlyCollection<string> elsewhere) => Component(input.Name, input.Name, () =>
    {
        var fields = input.Fields.Where(field => !elsewhere.Contains(field.Name)).OrderBy(field => field.Name, StringComparer.Ordinal).ToList();
        return Object(
            input.Description,
            fields.Select(field => (field.Name, Described(Input(field.ResolvedType!), field.Description), field.ResolvedType is NonNullGraphType && field.DefaultValue is null)),
            isClosed: true);
    });

    /// <summary>The schema of a filter parameter: a value, several of which any will do, or operations.</summary>
    public JsonObject Filter(IInputObjectGraphType operations)
    {
        const string Suffix = "OperationFilterInput";
        var name = operations.Name.Replace(Suffix, "Filter", StringComparison.Ordinal);
        return Component(name, name, () =>
        {
            JsonObject Value() => Input(operations.Fields.Find("eq")!.ResolvedType!, mayBeNull: false);
            var fields = operations.Fields.Where(field => field.Name is not ("and" or "or")).OrderBy(field => field.Name, StringComparer.Ordinal);
            var members = fields.Select(field => (
                field.Name,
                Described(field.ResolvedType is ListGraphType ? new JsonObject { ["type"] = "string" } : Value(), Meaning(field)),
                false));
            return new()
            {
                ["description"] = "A value; several of which any will do; or operations, as `amount[gte]=100`.",
                ["anyOf"] = new JsonArray(
                    Value(),
                    new JsonObject { ["type"] = "array", ["items"] = Value() },
                    Object(null, members.Append((RestFilter.Exists, new JsonObject { ["type"] = "boolean", ["description"] = "Whether there is a value." }, false)), isClosed: true)),
            };
        });
    }

    public static JsonObject Described(JsonObject node, string? description)
    {
        if (description is not null)
            node["description"] = description;
        return node;
    }

    private static string? Meaning(FieldType field) =>
        field.ResolvedType is ListGraphType ? $"{field.Description} Separated by commas." : field.Description?.Split(';')[0];

    private JsonObject Present(IGraphType type, GraphQLField field, RestDocument document) => type switch
    {
        NonNullGraphType nonNull => Present(nonNull.ResolvedType!, field, document),
        ListGraphType list => new() { ["type"] = "array", ["items"] = Answer(list.ResolvedType!, field, document) },
        _ when field.SelectionSet is { } selections => Selected(type, selections, document),
        _ => Leaf(type),
    };

    private JsonObject Selected(IGraphType type, GraphQLSelectionSet selections, RestDocument document)
    {
        var name = selections.Selections is [GraphQLFragmentSpread only] ? only.FragmentName.Name.StringValue : type.Name;
        return Component(name, $"{document.Name}{name}", () => Object(type.Description, Members(type, selections, document, isSure: true), isClosed: false));
    }

    private IEnumerable<(string, JsonObject, bool)> Members(IGraphType type, GraphQLSelectionSet selections, RestDocument document, bool isSure) =>
        selections.Selections.SelectMany(selection => selection switch
        {
            GraphQLField field => [Member(type, field, document, isSure)],
            GraphQLInlineFragment inline => Within(type, inline.TypeCondition, inline.SelectionSet, document, isSure && inline.Directives is not { Count: > 0 }),
            GraphQLFragmentSpread spread when document.Fragments[spread.FragmentName.Name.StringValue] is var fragment =>
                Within(type, fragment.TypeCondition, fragment.SelectionSet, document, isSure && spread.Directives is not { Count: > 0 }),
            _ => Enumerable.Empty<(string, JsonObject, bool)>(),
        });

    // What is selected on one type of several is not there for the others.
    private IEnumerable<(string, JsonObject, bool)> Within(
        IGraphType type, GraphQLTypeCondition? condition, GraphQLSelectionSet selections, RestDocument document, bool isSure)
    {
        var inner = condition is null ? type : schema.AllTypes[condition.Type.Name.Value]!;
        return Members(inner, selections, document, isSure && inner == type);
    }

    private (string, JsonObject, bool) Member(IGraphType type, GraphQLField field, RestDocument document, bool isSure)
    {
        var name = RestDocument.ResponseName(field);
        if (field.Name == "__typename")
            return (name, new JsonObject { ["type"] = "string", ["description"] = "The name of the object's type." }, isSure);

        var definition = ((IComplexGraphType)type).Fields.Find(field.Name.Value)!;
        return (name, Described(Answer(definition.ResolvedType!, field, document), definition.Description), isSure && field.Directives is not { Count: > 0 });
    }

    private JsonObject Leaf(IGraphType type) => type switch
    {
        EnumerationGraphType values => Component(values.Name, values.Name, () => Described(
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Values.Select(value => JsonValue.Create(value.Name))]) },
            string.Join('\n', [values.Description, .. values.Values.Select(value => $"- `{value.Name}`: {value.Description}")]))),
        _ => JsonScalars.Of(type.Name),
    };

    private static JsonObject Object(string? description, IEnumerable<(string Name, JsonObject Schema, bool IsRequired)> members, bool isClosed)
    {
        var all = members.DistinctBy(member => member.Name).ToList();
        var node = Described(new JsonObject { ["type"] = "object" }, description);
        node["properties"] = new JsonObject(all.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema)));
        if (all.Exists(member => member.IsRequired))
            node["required"] = new JsonArray([.. all.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Name))]);
        if (isClosed)
            node["additionalProperties"] = false;
        return node;
    }

    private static JsonObject OrNull(JsonObject node)
    {
        if (node["type"] is JsonValue type)
        {
            node["type"] = new JsonArray(type.DeepClone(), "null");
            return node;
        }

        return node.Count == 0 ? node : new() { ["anyOf"] = new JsonArray(node, new JsonObject { ["type"] = "null" }) };
    }

    // Two selections of one type may differ; the second is called after its document too.
    private JsonObject Component(string name, string otherwise, Func<JsonObject> make)
    {
        var made = make();
        if (_components.TryGetValue(name, out var known) && !JsonNode.DeepEquals(known, made))
            name = otherwise;
        _components[name] = made;
        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }
}
