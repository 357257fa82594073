using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>
/// Puts the guards in when the schema is built, and says in the schema what each field needs. What a field gives needs
/// the scopes of its type, whatever way leads there, so that fields of an object need no check of their own.
/// </summary>
internal sealed class AccessVisitor : BaseSchemaNodeVisitor
{
    public override void VisitObject(IObjectGraphType type, ISchema schema)
    {
        if (type.DeclaredAccess() is { } rule && !type.Name.StartsWith("__", StringComparison.Ordinal))
            Print(type, rule.Kind, Resolve(rule, schema).Scopes);
    }

    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (type.Name.StartsWith("__", StringComparison.Ordinal) || field.Resolver is GuardedResolver or MaskedResolver)
            return;
        if (field.AccessOf(type) is null)
        {
            throw new InvalidOperationException(
                $"{type.Name}.{field.Name} does not say who may use it. Declare it where the field or its type is made: Access(Scopes.…), Access(AccessRule.SignedIn), Access(AccessRule.AsParent) or Access(AccessRule.Open).");
        }

        Mask(field);
        var own = Resolve(field.DeclaredAccess(), schema);
        var given = Resolve(field.ResolvedType!.GetNamedType().DeclaredAccess(), schema);
        var reached = Resolve(type.DeclaredAccess(), schema);
        Print(field, own.Kind, own.Scopes);

        var needed = (own.Scopes | given.Scopes) & ~reached.Scopes;
        var mentioned = (field.Arguments ?? Enumerable.Empty<QueryArgument>())
            .Aggregate(Scopes.None, (all, argument) => all | (argument.DeclaredAccess()?.Scopes ?? Scopes.None) | InputAccess.MentionedBy(argument.ResolvedType!));
        var asksWho = !NamesCaller(reached) && (NamesCaller(own) || NamesCaller(given));
        if (needed == Scopes.None && mentioned == Scopes.None && !asksWho)
            return;

        var guard = new AccessGuard(needed, mentioned);
        field.Resolver = new GuardedResolver(field.Resolver!, guard);
        if (field.StreamResolver is { } stream)
            field.StreamResolver = new GuardedStream(stream, guard);
    }

    public override void VisitObjectFieldArgumentDefinition(QueryArgument argument, FieldType field, IObjectGraphType type, ISchema schema)
    {
        if (argument.DeclaredAccess() is { Scopes: not Scopes.None } rule)
            argument.Description = Say(argument.Description, rule.Scopes);
    }

    public override void VisitInputObjectFieldDefinition(FieldType field, IInputObjectGraphType type, ISchema schema)
    {
        if (field.DeclaredAccess() is { } rule)
            field.Description = Say(field.Description, rule.Scopes);
    }

    public override void VisitEnumValue(EnumValueDefinition value, EnumerationGraphType type, ISchema schema)
    {
        if (value.DeclaredAccess() is { } rule)
            value.Description = Say(value.Description, rule.Scopes);
    }

    private static void Mask(FieldType field)
    {
        if (field.DeclaredMask() is not Scopes.None and var needed)
        {
            field.Description = $"{field.Description} `{Masking.Text}` for callers without the scope {Names(needed)}.";
            field.Resolver = new MaskedResolver(field.Resolver!, needed);
        }
    }

    private static bool NamesCaller(AccessRule rule) => rule.Kind is AccessKind.SignedIn or AccessKind.Scoped;

    private static AccessRule Resolve(AccessRule? rule, ISchema schema) => rule switch
    {
        null => AccessRule.AsParent,
        { Entity: { } entity } => Resolve(schema.AllTypes[entity.Name]!.DeclaredAccess(), schema),
        _ => rule,
    };

    private static void Print<T>(T element, AccessKind kind, Scopes scopes)
        where T : IMetadataWriter
    {
        if (kind == AccessKind.SignedIn)
            element.ApplyDirective(AuthorizeDirective.DirectiveName);
        foreach (var scope in ScopeNames.Of(scopes))
            element.ApplyDirective(AuthorizeDirective.DirectiveName, AuthorizeDirective.Policy, scope);
    }

    private static string Say(string? description, Scopes scopes)
    {
        var needs = $"Needs the scope {Names(scopes)}.";
        return description?.EndsWith(needs, StringComparison.Ordinal) == true ? description : $"{description} {needs}".TrimStart();
    }

    private static string Names(Scopes scopes) => string.Join(" and ", ScopeNames.Of(scopes).Select(name => $"`{name}`"));
}
