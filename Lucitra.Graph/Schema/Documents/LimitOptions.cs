namespace Lucitra.Graph.Schema.Documents;

/// <summary>Section <c>GraphQL:Limits</c>.</summary>
public sealed class LimitOptions
{
    // What no setting allows, and reporting does not run either: beyond it validation itself is the attack.
    internal const int MostFields = 10_000;
    internal const int MostFragments = 500;
    internal const int MostDepth = 64;
    internal const int MostDirectives = 1000;
    internal const int MostAliases = 1000;
    internal const int MostRepeatedPairs = 500_000;

    /// <summary>
    /// <c>Enforce</c> refuses a document over the limits of depth, fields, aliases, repeated pairs, directives,
    /// fragments and cost. <c>Report</c> logs once per document what would have been refused and runs it, up to the
    /// largest value each setting can have. All other limits are always enforced. Default Enforce.
    /// </summary>
    public LimitMode Mode { get; set; } = LimitMode.Enforce;
}

/// <summary>What happens to a document over a limit.</summary>
public enum LimitMode
{
    Enforce,
    Report,
}
