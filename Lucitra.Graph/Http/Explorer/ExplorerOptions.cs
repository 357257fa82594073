namespace Lucitra.Graph.Http.Explorer;

/// <summary>What the host gives the explorer beyond its files; set in code, not by configuration.</summary>
public sealed class ExplorerOptions
{
    /// <summary>
    /// Headers that the explorer sends with every operation of a new document, as a development API key. Called for
    /// each load of the page, so it can answer callers differently. Default: none for anyone.
    /// </summary>
    public Func<HttpContext, IReadOnlyDictionary<string, string>?> HttpHeaders { get; set; } = static _ => null;

    /// <summary>The GraphQL document that a new document of the explorer starts with. Default: an empty one.</summary>
    public string Document { get; set; } = "";
}
