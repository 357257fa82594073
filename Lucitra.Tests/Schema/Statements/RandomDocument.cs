using System.Globalization;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Tests.Schema.Statements;

/// <summary>Draws documents that read entities: any fields, links, pages, arguments, aliases and fragments.</summary>
internal sealed class RandomDocument(Random random, ISchema schema, RandomInput input)
{
    private static readonly string[] _roots = ["contacts", "deals", "owners", "pipelines"];

    private readonly Dictionary<string, object?> _variables = [];
    private readonly List<string> _declared = [];
    private int _aliases;

    /// <summary>A document with the variables <c>$after</c> and <c>$before</c> for its first list, whose <c>pageInfo</c> is named <c>ends</c>.</summary>
    public (string Text, Dictionary<string, object?> Variables) Draw()
    {
        var roots = Enumerable.Range(0, random.Next(1, 3)).Select(number => Connection(
            schema.Query.Fields.Find(input.Any(_roots))!, number == 0 ? "first: " : $"r{number}: ", depth: 2, isPaged: number == 0)).ToList();
        return ($"query($after: String, $before: String, $last: Int{string.Concat(_declared)}) {{ {string.Join(' ', roots)} {Rarely(" __typename")} }}", _variables);
    }

    private string Connection(FieldType field, string alias, int depth, bool isPaged)
    {
        var entity = ((PageRead)field.Read()!).Entity.Name;
        var arguments = new List<string>();
        if (random.Next(4) > 0)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"first: {random.Next(0, 5)}"));
        if (random.Next(2) == 0)
            arguments.Add($"where: {Argument(field, "where", entity)}");
        if (random.Next(2) == 0)
            arguments.Add($"order: {Argument(field, "order", entity)}");
        if (isPaged)
            arguments.AddRange(["after: $after", "before: $before", "last: $last"]);
        if (isPaged && field.Arguments!.Find("search") is not null)
        {
            _declared.Add(", $search: String");
            arguments.Add("search: $search");
            if (random.Next(3) == 0)
                _variables["search"] = input.Any([null, null, "ada"]);
        }

        var type = (EntityType)schema.AllTypes[entity]!;
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part(type, depth)).ToList();
        if (isPaged)
            parts.Add("ends: pageInfo { startCursor endCursor }");
        return $"{alias}{field.Name}{(arguments.Count > 0 ? $"({string.Join(", ", arguments)})" : "")} {{ {string.Join(' ', parts)} }}";
    }

    private string Part(EntityType type, int depth) => random.Next(6) switch
    {
        0 => $"{Alias()}totalCount",
        1 => $"{Alias()}edges {{ {Alias()}cursor {Alias()}node {Object(type, depth)} {Rarely("__typename")} }}",
        2 => $"{Alias()}pageInfo {{ hasNextPage endCursor hasPreviousPage {Alias()}startCursor {Rarely("__typename")} }}",
        3 => "__typename nodes { id }",
        _ => $"nodes {Object(type, depth)}",
    };

    private string Object(EntityType type, int depth)
    {
        var fields = type.Fields.Where(field => field.Read() is ColumnRead || (depth > 0 && field.Read() is ReferenceRead or PageRead && !IsLast(field))).ToArray();
        random.Shuffle(fields);
        var selected = fields.Take(random.Next(1, 5)).Select(field => Field(type, field, depth)).ToList();
        if (random.Next(5) == 0)
            selected.Add(input.Any(["... on Node { id }", $"... on {type.Name} {{ {Alias()}id }}", "... { __typename }", $"{Alias()}__typename", "id id"]));
        return $"{{ {string.Join(' ', selected)} }}";
    }

    private string Field(EntityType type, FieldType field, int depth)
    {
        var text = field.Read() switch
        {
            ColumnRead => $"{Alias()}{field.Name}",
            ReferenceRead { Link: var link } => $"{Alias()}{field.Name} {Object((EntityType)schema.AllTypes[link.Target.Name]!, depth - 1)}",
            _ => Connection(field, Alias(), depth - 1, isPaged: false),
        };
        return random.Next(10) == 0 ? $"... on {type.Name} {{ {text} }}" : text;
    }

    // What hangs on write-back has columns that are no plain values.
    private static bool IsLast(FieldType field) => field.Name == "hubSpotSync";

    private string Argument(FieldType field, string name, string entity)
    {
        var type = field.Arguments!.Find(name)!.ResolvedType!;
        var value = input.Draw(type, depth: 3, entity);
        if (random.Next(2) == 0)
            return RandomInput.Literal(value);
        var variable = $"v{_variables.Count}";
        _variables.Add(variable, RandomInput.Variable(value));
        _declared.Add($", ${variable}: {type}");
        return $"${variable}";
    }

    private string Rarely(string text) => random.Next(6) == 0 ? text : "";

    private string Alias() => random.Next(4) == 0 ? $"x{_aliases++}: " : "";
}
