namespace Lucitra.Webhooks.Crm;

public sealed partial class HubSpotClient
{
    /// <summary>
    /// Creates a record. Where HubSpot may have created it although no answer came, fails with
    /// <see cref="HubSpotApiException.IsOutcomeUnknown"/> instead of trying again.
    /// </summary>
    public async Task<HubSpotObject> CreateAsync(
        string objectType, IReadOnlyDictionary<string, string?> properties, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var call = new HubSpotCall($"{objectType}.create", HttpMethod.Post, ObjectsPath(objectType), new { properties = Cleared(properties) })
        {
            IsRepeatable = false,
        };
        return (await SendAsync(call, priority, cancellationToken)).Read<HubSpotObject>();
    }

    /// <summary>
    /// Changes a record and returns it with the properties that HubSpot chose to return. The id of a record that a merge
    /// has replaced changes the survivor.
    /// </summary>
    public async Task<HubSpotObject> UpdateAsync(
        string objectType, string id, IReadOnlyDictionary<string, string?> properties, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var call = new HubSpotCall(
            $"{objectType}.update", HttpMethod.Patch, $"{ObjectsPath(objectType)}/{Segment(id)}", new { properties = Cleared(properties) });
        return (await SendAsync(call, priority, cancellationToken)).Read<HubSpotObject>();
    }

    /// <summary>Changes up to <see cref="MaxBatch"/> records by id. Unlike <see cref="UpdateAsync"/> not by the id of a record that a merge has replaced.</summary>
    public Task<HubSpotWriteBatch> BatchUpdateAsync(
        string objectType, IReadOnlyList<HubSpotWrite> writes, HubSpotCallPriority priority, CancellationToken cancellationToken) =>
        WriteAsync(objectType, "update", idProperty: null, writes, priority, cancellationToken);

    /// <summary>
    /// Creates or changes up to <see cref="MaxBatch"/> records, told apart by the property <paramref name="idProperty"/>, which
    /// has to be unique in HubSpot. By <c>email</c> all properties of a contact have to be given, not only those that changed.
    /// </summary>
    public Task<HubSpotWriteBatch> UpsertAsync(
        string objectType, string idProperty, IReadOnlyList<HubSpotWrite> writes, HubSpotCallPriority priority, CancellationToken cancellationToken) =>
        WriteAsync(objectType, "upsert", idProperty, writes, priority, cancellationToken);

    /// <summary>Moves a record to the recycle bin; one that is gone already is fine. Gives HubSpot's time of it, cut to the second.</summary>
    public async Task<DateTime> ArchiveAsync(string objectType, string id, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            var call = new HubSpotCall($"{objectType}.archive", HttpMethod.Delete, $"{ObjectsPath(objectType)}/{Segment(id)}");
            return (await SendAsync(call, priority, cancellationToken)).ReadAt;
        }
        catch (HubSpotApiException fault) when (fault.Kind == HubSpotErrorKind.NotFound)
        {
            return _connection.UtcNow();
        }
    }

    private async Task<HubSpotWriteBatch> WriteAsync(
        string objectType,
        string verb,
        string? idProperty,
        IReadOnlyList<HubSpotWrite> writes,
        HubSpotCallPriority priority,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, MaxBatch, nameof(writes));
        if (writes.Count == 0)
            return new HubSpotWriteBatch([], [], _connection.UtcNow());

        var outcome = new WriteOutcome(writes, idProperty);
        var inputs = writes.Select((write, index) => new
        {
            id = write.Id,
            idProperty,
            objectWriteTraceId = outcome.TraceIdOf(index),
            properties = Cleared(write.Properties),
        });
        var call = new HubSpotCall(
            $"{objectType}.batch{char.ToUpperInvariant(verb[0])}{verb[1..]}", HttpMethod.Post, $"{ObjectsPath(objectType)}/batch/{verb}", new { inputs });
        var answer = await SendAsync(call, priority, cancellationToken);
        return outcome.Of(answer.Read<WriteBatchBody>(), answer.ReadAt);
    }

    // HubSpot clears by empty text and ignores null.
    private static Dictionary<string, string> Cleared(IReadOnlyDictionary<string, string?> properties) =>
        properties.ToDictionary(property => property.Key, property => property.Value ?? "");
}
