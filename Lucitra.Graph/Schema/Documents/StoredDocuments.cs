using GraphQL;
using GraphQL.Transport;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Finds the document that a request names in place of writing it out: a trusted one by its id, or one that a client
/// sent before by its hash (Apollo's automatic persisted queries). What is found goes the way of any other document.
/// </summary>
internal sealed class StoredDocuments(TrustedDocuments trusted, IOptions<GraphQLOptions> options)
{
    private readonly BoundedCache<string> _byHash = new(options.Value.PersistedQueryBytes);

    /// <summary>Sets the query of a request that only names it; returns the error to answer with, or null.</summary>
    public ExecutionError? Resolve(GraphQLRequest request)
    {
        if (PersistedQuery.Read(request.Extensions, out var hash) is { } malformed)
            return malformed;
        if (trusted.Mode == TrustMode.Enforce)
            return ResolveTrusted(request, request.DocumentId ?? hash);

        if (!string.IsNullOrEmpty(request.Query))
            return hash is null || hash == DocumentSightings.HashOf(request.Query) ? null : PersistedQuery.Mismatch();
        if (!string.IsNullOrEmpty(request.DocumentId))
            return ResolveTrusted(request, request.DocumentId);

        request.Query = _byHash.Find(hash!) ?? trusted.Find(hash!);
        return request.Query is null ? PersistedQuery.NotFound() : null;
    }

    /// <summary>Keeps the document of a request that ran, when its client wants to name it by hash from now on.</summary>
    public void Keep(GraphQLRequest request)
    {
        // Characters take two bytes, and an entry of any length takes some more.
        const int EntryBytes = 256;
        if (trusted.Mode != TrustMode.Enforce && PersistedQuery.Read(request.Extensions, out var hash) is null && hash is not null)
            _byHash.Add(hash, request.Query!, request.Query!.Length * sizeof(char) + EntryBytes);
    }

    private CodedError? ResolveTrusted(GraphQLRequest request, string? id)
    {
        if (id is null)
            return new(ErrorCodes.OnlyTrustedDocuments, "Only persisted operations are allowed.");

        request.Query = trusted.Find(id);
        if (request.Query is not null)
            return null;

        return trusted.Mode == TrustMode.Off
            ? new(ErrorCodes.NoDocumentStorage, "The query request contains no document or no document id.")
            : new(ErrorCodes.DocumentNotFound, "The specified persisted operation key is invalid.");
    }
}

/// <summary>The part of a request's extensions that automatic persisted queries use.</summary>
internal static class PersistedQuery
{
    private const string Member = "persistedQuery";

    public static bool IsIn(GraphQLRequest request) => request.Extensions?.ContainsKey(Member) == true;

    /// <summary>Reads the hash, null when there is none; returns what is wrong with it, if anything.</summary>
    public static CodedError? Read(Inputs? extensions, out string? hash)
    {
        hash = null;
        if (extensions is null || !extensions.TryGetValue(Member, out var value) || value is null)
            return null;
        if (value is not IReadOnlyDictionary<string, object?> members
            || members.GetValueOrDefault("sha256Hash") is not string { Length: > 0 } text)
            return new(ErrorCodes.InvalidRequest, "extensions.persistedQuery must be an object with a sha256Hash.");
        if (members.GetValueOrDefault("version") is not 1)
            return new(ErrorCodes.InvalidRequest, "Unsupported persisted query version.");

        hash = text;
        return null;
    }

    // Apollo's clients look for this message and this code, and send the text along with the hash.
    public static CodedError NotFound() => new(ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound");

    public static CodedError Mismatch() => new(ErrorCodes.InvalidRequest, "provided sha does not match query");
}
