using System.Linq.Expressions;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema;

/// <summary>Values that every object of a type holds by name, where the names are data and not part of the schema.</summary>
internal abstract class NamedValues
{
    /// <summary>All scopes that any value may need.</summary>
    public const Scopes MostScopes = Scopes.ContactsReadPersonal;

    /// <summary>The scopes that the value of this name needs, of <see cref="MostScopes"/>.</summary>
    public abstract Scopes ScopesOf(string name);

    /// <summary>As what the value of this name is sorted.</summary>
    public abstract ValueKind KindOf(string name);

    /// <summary>The value as <paramref name="kind"/>; null where there is none or its text is none of that kind.</summary>
    public abstract Expression Read(Expression instance, string name, ValueKind kind);
}

/// <summary>What a named value can be read as.</summary>
internal enum ValueKind
{
    Text,
    Number,
    Boolean,
    Instant,
}
