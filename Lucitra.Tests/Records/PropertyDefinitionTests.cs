using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Records;

public sealed class PropertyDefinitionTests
{
    private const string Define =
        """
        mutation($input: DefinePropertyInput!) {
          defineProperty(input: $input) { propertyDefinition { id objectType name type label } errors { __typename ... on ValidationFailedError { issues { field } } } }
        }
        """;

    [SkippableTheory, BothDatabases]
    public async Task A_property_is_text_until_it_is_defined(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var registry = app.Services.GetRequiredService<PropertyRegistry>();
        Assert.Equal(PropertyType.String, registry.TypeOf(RecordType.Deal, "score"));

        var first = (await app.QueryAsync(Define, new { input = new { objectType = "DEAL", name = "score", type = "NUMBER", label = "Score" } })).At("defineProperty");
        Assert.Equal(PropertyType.Number, registry.TypeOf(RecordType.Deal, "score"));
        Assert.Equal(PropertyType.String, registry.TypeOf(RecordType.Contact, "score"));

        var second = (await app.QueryAsync(Define, new { input = new { objectType = "DEAL", name = "score", type = "DATETIME" } })).At("defineProperty");
        Assert.Equal(first.Text("propertyDefinition.id"), second.Text("propertyDefinition.id"));
        Assert.Equal("Score", second.Text("propertyDefinition.label"));
        Assert.Equal(PropertyType.Datetime, registry.TypeOf(RecordType.Deal, "score"));

        var data = await app.QueryAsync("{ deals: propertyDefinitions(objectType: DEAL) { name type } contacts: propertyDefinitions(objectType: CONTACT) { name } }");
        Assert.Equal(["score"], data.Texts("deals", "name"));
        Assert.Equal(["DATETIME"], data.Texts("deals", "type"));
        Assert.Empty(data.Texts("contacts", "name"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_name_that_no_property_can_have_is_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        foreach (var name in new[] { "", "$created", "a\0b", new string('x', 201) })
        {
            var data = await app.QueryAsync(Define, new { input = new { objectType = "CONTACT", name, type = "STRING" } });
            Assert.Equal("name", data.Text("defineProperty.errors.0.issues.0.field"));
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Definitions_are_nodes(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = (await app.QueryAsync(Define, new { input = new { objectType = "CONTACT", name = "vip", type = "BOOLEAN" } })).Text("defineProperty.propertyDefinition.id");

        var data = await app.QueryAsync("query($id: ID!) { node(id: $id) { ... on PropertyDefinition { name type label } } }", new { id });
        Assert.Equal(("vip", "BOOLEAN", null), (data.Text("node.name"), data.Text("node.type"), data.Text("node.label")));
    }
}
