namespace Lucitra.Webhooks.Crm;

internal sealed record PageBody<T>(IReadOnlyList<T> Results, PagingBody? Paging = null);

internal sealed record PagingBody(NextBody? Next = null);

internal sealed record NextBody(string After);

/// <summary>Answer to a batch: 200, or 207 where some of it failed.</summary>
internal sealed record BatchBody(IReadOnlyList<HubSpotObject> Results, IReadOnlyList<ErrorBody>? Errors = null)
{
    /// <summary>An error that does not say "not found" must not pass for a record that is gone.</summary>
    public void ThrowUnlessOnlyMissing(string operation) => ErrorBody.ThrowUnlessOnlyMissing(Errors, operation);
}

/// <summary>Answer to a batch of writes.</summary>
internal sealed record WriteBatchBody(IReadOnlyList<WrittenBody> Results, IReadOnlyList<ErrorBody>? Errors = null);

internal sealed record WrittenBody(
    string Id,
    IReadOnlyDictionary<string, string?> Properties,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    bool Archived = false,
    bool New = false,
    string? ObjectWriteTraceId = null)
{
    public HubSpotObject ToObject() => new(Id, Properties, CreatedAt, UpdatedAt, Archived);
}

/// <summary>Answer to reading links.</summary>
internal sealed record LinksBody(IReadOnlyList<RecordLinksBody> Results, IReadOnlyList<ErrorBody>? Errors = null);

internal sealed record RecordLinksBody(RecordBody From, IReadOnlyList<LinkBody> To, PagingBody? Paging = null);

internal sealed record RecordBody(string Id);

internal sealed record LinkBody(string ToObjectId);
