namespace Lucitra.Graph.Schema.Documents;

/// <summary>Section <c>GraphQL:TrustedDocuments</c>.</summary>
public sealed class TrustedDocumentOptions
{
    /// <summary>
    /// <c>Enforce</c> runs the documents of the folder alone, which clients name by <c>id</c> or <c>documentId</c>;
    /// the explorer, the page <c>/dashboard</c> and introspection stop working with it. <c>Log</c> runs everything
    /// and names each document that is not in the folder once in the log. REST endpoints are not concerned. Default Off.
    /// </summary>
    public TrustMode Mode { get; set; } = TrustMode.Off;

    /// <summary>
    /// Where the documents are, relative to the program's content root: files <c>&lt;id&gt;.graphql</c>, and manifests
    /// <c>*.json</c> as Relay's compiler (<c>{ id: document }</c>) and Apollo's generator write them. Default none.
    /// </summary>
    public string? Folder { get; set; }
}

/// <summary>What is asked of a client's documents.</summary>
public enum TrustMode
{
    Off,
    Log,
    Enforce,
}
