using GraphQL;
using GraphQL.Resolvers;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>Asks the guard, then resolves.</summary>
internal sealed class GuardedResolver(IFieldResolver inner, AccessGuard guard) : IFieldResolver
{
    private readonly IFieldResolver _inner = inner;
    private readonly AccessGuard _guard = guard;

    /// <summary>What a caller needs whom the resolver answers everything that may be asked of it, and unmasked.</summary>
    public static Scopes NeedsOf(IFieldResolver? resolver) => resolver switch
    {
        GuardedResolver guarded => guarded._guard.All | NeedsOf(guarded._inner),
        MaskedResolver masked => masked.Needed,
        _ => Scopes.None,
    };

    public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        _guard.Check(context);
        return _inner.ResolveAsync(context);
    }
}

/// <summary>Asks the guard, then opens the stream.</summary>
internal sealed class GuardedStream(ISourceStreamResolver inner, AccessGuard guard) : ISourceStreamResolver
{
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context)
    {
        guard.Check(context);
        return inner.ResolveAsync(context);
    }
}

/// <summary>Resolves a text, and puts a mask in its place for callers who may not read it.</summary>
internal sealed class MaskedResolver(IFieldResolver inner, Scopes needed) : IFieldResolver
{
    public Scopes Needed => needed;

    public ValueTask<object?> ResolveAsync(IResolveFieldContext context) =>
        (needed & ~Caller.ScopesOf(context.User)) == 0 ? inner.ResolveAsync(context) : MaskAsync(context);

    private async ValueTask<object?> MaskAsync(IResolveFieldContext context) =>
        await inner.ResolveAsync(context) is null ? null : Masking.Text;
}
