using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>Who may use a field. Every field has one: its own, or that of its type; the schema is not built without.</summary>
/// <param name="Kind">What is asked of the caller.</param>
/// <param name="Scopes">The scopes that the caller needs, every one.</param>
/// <param name="Entity">The entity whose type's rule it is; null for a rule of its own.</param>
internal sealed record AccessRule(AccessKind Kind, Scopes Scopes = Scopes.None, Type? Entity = null)
{
    /// <summary>For everybody, even without credentials.</summary>
    public static readonly AccessRule Open = new(AccessKind.Open);

    /// <summary>For every known caller.</summary>
    public static readonly AccessRule SignedIn = new(AccessKind.SignedIn);

    /// <summary>For whoever got the object that it is a field of.</summary>
    public static readonly AccessRule AsParent = new(AccessKind.AsParent);

    public static implicit operator AccessRule(Scopes scopes) => new(AccessKind.Scoped, scopes);

    /// <summary>As for objects of an entity.</summary>
    public static AccessRule Like<T>() => new(AccessKind.Scoped, Entity: typeof(T));
}

/// <summary>What a rule asks of the caller.</summary>
internal enum AccessKind
{
    Open,
    AsParent,
    SignedIn,
    Scoped,
}
