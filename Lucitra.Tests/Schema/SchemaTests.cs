using System.Text.Json;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Schema;

public sealed class SchemaTests
{
    private static readonly string[] _builtIn = ["Boolean", "Float", "ID", "Int", "String"];

    [Fact]
    public async Task The_schema_matches_schema_graphql()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var file = SourceTree.Path("schema.graphql");
        var written = File.Exists(file) ? await File.ReadAllTextAsync(file) : "";
        var actual = SchemaText.Of(app.Services.GetRequiredService<ISchema>());

        Assert.True(
            written == actual,
            $"""
            schema.graphql is not the schema of this code. If the change is meant, write it anew and read what differs:
              dotnet run --project Lucitra.Graph -- schema export --output ../schema.graphql
            {Difference(written.Split('\n'), actual.Split('\n'))}
            """);
    }

    [Fact]
    public async Task Everything_in_the_schema_is_described()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        var silent = schema.AllTypes
            .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal) && !_builtIn.Contains(type.Name))
            .SelectMany(Members)
            .Where(member => string.IsNullOrWhiteSpace(member.Description))
            .Select(member => $"{member.Name} has no description.");
        Assert.Equal("", string.Join('\n', silent));
    }

    [SkippableFact]
    public async Task Clients_build_one_schema_from_introspection_and_from_the_file()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var built = await NodeScript.RunAsync(
            "schema.mjs", $"{app.Address}graphql", JsonSerializer.Serialize(new Dictionary<string, string> { ["X-Api-Key"] = LucitraApp.ApiKey }), SourceTree.Path("schema.graphql"));

        Assert.Empty(built.GetProperty("complaints").EnumerateArray());

        var (written, served) = (built.Text("written")!, built.Text("served")!);
        Assert.True(written == served, Difference(written.Split('\n'), served.Split('\n')));
    }

    private static IEnumerable<(string Name, string? Description)> Members(IGraphType type)
    {
        yield return (type.Name, type.Description);
        foreach (var value in (type as EnumerationGraphType)?.Values ?? Enumerable.Empty<EnumValueDefinition>())
            yield return ($"{type.Name}.{value.Name}", value.Description);
        foreach (var field in (type as IComplexGraphType)?.Fields ?? Enumerable.Empty<FieldType>())
        {
            yield return ($"{type.Name}.{field.Name}", field.Description);
            foreach (var argument in field.Arguments ?? Enumerable.Empty<QueryArgument>())
                yield return ($"{type.Name}.{field.Name}({argument.Name}:)", argument.Description);
        }
    }

    private static string Difference(string[] before, string[] after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join('\n', [
            $"From line {at + 1} (type {before.Take(at).LastOrDefault(line => line.EndsWith('{'))}):",
            .. before.Skip(at).Take(10).Select(line => $"- {line}"),
            .. after.Skip(at).Take(10).Select(line => $"+ {line}"),
        ]);
    }
}
