using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Access;

/// <summary>Refuses a field to callers who lack what it needs. Made once for each field; asking it allocates nothing.</summary>
/// <param name="needed">The scopes that the field needs.</param>
/// <param name="mentioned">All scopes that something in the field's arguments may need.</param>
internal sealed class AccessGuard(Scopes needed, Scopes mentioned)
{
    private const string Refused = "The current user is not authorized to access this resource.";

    /// <summary>What a caller needs whom it never refuses.</summary>
    public Scopes All => needed | mentioned;

    public void Check(IResolveFieldContext context)
    {
        if (Caller.Of(context.User) is not { Scopes: var scopes })
            throw new CodedError(ErrorCodes.NotAuthenticated, Refused);
        if ((needed & ~scopes) is not Scopes.None and var missing)
            throw Lacking(missing);
        if ((mentioned & ~scopes) != 0)
            CheckArguments(context, scopes);
    }

    /// <summary>Refuses objects of a type that the caller reached without knowing of what type they would be.</summary>
    public static void CheckType(IResolveFieldContext context, IGraphType type)
    {
        var missing = (type.DeclaredAccess()?.Scopes ?? Scopes.All) & ~Caller.ScopesOf(context.User);
        if (missing != 0)
            throw Lacking(missing);
    }

    private static CodedError Lacking(Scopes missing, string? argument = null)
    {
        var extensions = new Dictionary<string, object?> { ["missingScopes"] = ScopeNames.Of(missing) };
        if (argument is not null)
            extensions["argument"] = argument;
        return new(ErrorCodes.NotAuthorized, argument is null ? Refused : $"`{argument}` needs a scope that the current user lacks.", extensions);
    }

    private static void CheckArguments(IResolveFieldContext context, Scopes scopes)
    {
        foreach (var argument in context.FieldDefinition.Arguments ?? Enumerable.Empty<QueryArgument>())
        {
            if (context.Arguments?.TryGetValue(argument.Name, out var given) != true || given.Value is null)
                continue;
            var needs = InputAccess.Of(argument, given.Value, argument.Name, out var path);
            if ((needs & ~scopes) is not Scopes.None and var missing)
                throw Lacking(missing, path);
        }
    }
}
