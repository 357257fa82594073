using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>
/// Which scopes an argument needs: to filter, group or sort by what one may not read would tell it all the same. Rules
/// stand on input fields and enum values, at any depth.
/// </summary>
internal static class InputAccess
{
    /// <summary>All scopes that any value of this type may need.</summary>
    public static Scopes MentionedBy(IGraphType type) => Mentioned(type.GetNamedType(), []);

    /// <summary>The scopes that a value needs; <paramref name="path"/> tells where the last one was found.</summary>
    public static Scopes Of(QueryArgument argument, object value, string name, out string path)
    {
        path = name;
        var own = argument.DeclaredAccess()?.Scopes ?? Scopes.None;
        return own | In(argument.ResolvedType!, value, name, ref path);
    }

    private static Scopes Mentioned(IGraphType type, HashSet<IGraphType> seen)
    {
        if (type is EnumerationGraphType choices)
            return choices.Values.Aggregate(Scopes.None, (all, value) => all | (value.DeclaredAccess()?.Scopes ?? Scopes.None));
        if (type is not IInputObjectGraphType input || !seen.Add(type))
            return Scopes.None;
        return input.Fields.Aggregate(Scopes.None, (all, field) => all
            | (field.DeclaredAccess()?.Scopes ?? Scopes.None)
            | (field.NamedAccess() is null ? Scopes.None : NamedValues.MostScopes)
            | Mentioned(field.ResolvedType!.GetNamedType(), seen));
    }

    private static Scopes In(IGraphType type, object? value, string at, ref string path)
    {
        switch (type)
        {
            case NonNullGraphType nonNull:
                return In(nonNull.ResolvedType!, value, at, ref path);
            case ListGraphType list when value is IEnumerable<object?> items and not IDictionary<string, object?>:
                var all = Scopes.None;
                foreach (var item in items)
                    all |= In(list.ResolvedType!, item, at, ref path);
                return all;
            case IInputObjectGraphType input when value is IDictionary<string, object?> members:
                return InMembers(input, members, at, ref path);
            case EnumerationGraphType choices when value is not null:
                return Note(choices.Values.FindByValue(value)?.DeclaredAccess()?.Scopes ?? Scopes.None, at, ref path);
            default:
                return Scopes.None;
        }
    }

    private static Scopes InMembers(IInputObjectGraphType input, IDictionary<string, object?> members, string at, ref string path)
    {
        var all = Scopes.None;
        foreach (var (name, value) in members)
        {
            if (input.Fields.Find(name) is not { } field)
                continue;
            var below = $"{at}.{name}";
            all |= Note(field.DeclaredAccess()?.Scopes ?? Scopes.None, below, ref path);
            if (field.NamedAccess() is { } values)
                all |= Note(InNames(values, value), below, ref path);
            all |= In(field.ResolvedType!, value, below, ref path);
        }

        return all;
    }

    private static Scopes InNames(NamedValues values, object? items) => (items as IEnumerable<object?> ?? [])
        .OfType<IDictionary<string, object?>>()
        .Aggregate(Scopes.None, (all, item) => all | (item.TryGetValue("name", out var name) && name is string text ? values.ScopesOf(text) : Scopes.None));

    private static Scopes Note(Scopes scopes, string at, ref string path)
    {
        if (scopes != Scopes.None)
            path = at;
        return scopes;
    }
}
