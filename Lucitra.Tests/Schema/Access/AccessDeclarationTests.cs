using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Schema.Access;

public sealed class AccessDeclarationTests
{
    [Fact]
    public async Task Every_field_says_who_may_use_it()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        var fields = FieldsOf(schema).ToList();
        var silent = fields.Where(field => field.Field.AccessOf(field.Type) is null).Select(field => $"{field.Type.Name}.{field.Field.Name}");

        Assert.Equal("", string.Join('\n', silent));
        Assert.True(fields.Count > 200, $"Only {fields.Count} fields were looked at.");
    }

    [Fact]
    public async Task Every_field_of_a_root_is_guarded_or_open()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        var unguarded =
            from root in new[] { schema.Query, schema.Mutation!, schema.Subscription! }
            from field in root.Fields
            where field.DeclaredAccess() != AccessRule.Open
            where field.Resolver is not GuardedResolver || (root == schema.Subscription && field.StreamResolver is not GuardedStream)
            select $"{root.Name}.{field.Name}";

        Assert.Equal("", string.Join('\n', unguarded));
    }

    [Fact]
    public void A_field_that_says_nothing_keeps_the_schema_from_being_built()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("secret").Resolve(_ => "");
        using var schema = new GraphQL.Types.Schema { Query = query };
        schema.Directives.Register(new AuthorizeDirective());
        schema.RegisterVisitor(new AccessVisitor());

        var refused = Assert.Throws<InvalidOperationException>(schema.Initialize);

        Assert.StartsWith("Query.secret does not say who may use it.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_field_needs_is_in_the_schema()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var schema = app.Services.GetRequiredService<ISchema>();
        schema.Initialize();

        Assert.Equal(["contacts:read"], PoliciesOf(schema.AllTypes["Contact"]!));
        Assert.Equal(["contacts:write"], PoliciesOf(schema.Mutation!.Fields.Find("createContact")!));
        Assert.Equal(["contacts:read", "contacts:read:pii"], PoliciesOf(schema.Query.Fields.Find("contactByEmail")!));
        Assert.Equal([null], PoliciesOf(schema.Query.Fields.Find("node")!));
        Assert.EndsWith("`***` for callers without the scope `contacts:read:pii`.", ((IObjectGraphType)schema.AllTypes["Contact"]!).Fields.Find("phone")!.Description);
        Assert.EndsWith("Needs the scope `contacts:read:pii`.", ((IInputObjectGraphType)schema.AllTypes["ContactFilterInput"]!).Fields.Find("email")!.Description);
    }

    private static IEnumerable<(IObjectGraphType Type, FieldType Field)> FieldsOf(ISchema schema) =>
        from type in schema.AllTypes.OfType<IObjectGraphType>()
        where !type.Name.StartsWith("__", StringComparison.Ordinal)
        from field in type.Fields
        select (type, field);

    private static IEnumerable<object?> PoliciesOf(IMetadataReader element) =>
        from directive in element.GetAppliedDirectives()?.ToList() ?? []
        where directive.Name == AuthorizeDirective.DirectiveName
        select directive.FindArgument(AuthorizeDirective.Policy)?.Value;
}
