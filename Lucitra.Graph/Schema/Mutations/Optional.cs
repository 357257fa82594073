namespace Lucitra.Graph.Schema.Mutations;

/// <summary>A field of an input that may be left out: absent leaves things as they are, null clears.</summary>
internal readonly record struct Optional<T>(bool IsGiven, T? Value);
