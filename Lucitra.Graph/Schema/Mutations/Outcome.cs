namespace Lucitra.Graph.Schema.Mutations;

/// <summary>What came of a mutation: the object it wrote, or the rules that were broken.</summary>
internal sealed record Outcome<T>(T? Value, IReadOnlyList<UserError>? Errors)
    where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(UserError error) => new(null, [error]);
}
