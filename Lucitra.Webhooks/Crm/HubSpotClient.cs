using System.Globalization;
using System.Text;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// One HubSpot account by its API. Object types are those of <see cref="HubSpotObjectTypes"/>. Every call waits for its turn within
/// HubSpot's limits, repeats itself where that is safe, and otherwise fails with a <see cref="HubSpotApiException"/>.
/// </summary>
public sealed partial class HubSpotClient
{
    /// <summary>Most records of a batch, and of a page of a list.</summary>
    public const int MaxBatch = 100;

    /// <summary>Most records whose links are read together.</summary>
    public const int MaxLinkBatch = 1_000;

    // Servers commonly refuse URLs of more than 8,000 characters, and the rest of it needs room too.
    private const int MaxPropertyCharacters = 6_000;

    private readonly PortalConnection _connection;
    private readonly HubSpotApiPaths _paths;

    internal HubSpotClient(long portalId, PortalConnection connection, HubSpotApiPaths paths) =>
        (PortalId, _connection, _paths) = (portalId, connection, paths);

    public long PortalId { get; }

    /// <summary>HTTP requests sent so far, repetitions included, by operation.</summary>
    public IReadOnlyDictionary<string, long> CallsSpent() => _connection.CallsSpent();

    /// <summary>
    /// One record; null where HubSpot has none, or has it only in the recycle bin while <paramref name="archived"/> is false.
    /// The id of a record that a merge has replaced is answered with the survivor: <see cref="HubSpotObject.Id"/> then
    /// differs from <paramref name="id"/>.
    /// </summary>
    public async Task<HubSpotObject?> ReadAsync(
        string objectType, string id, IReadOnlyCollection<string> properties, bool archived, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var fitsUrl = FitUrl(properties);
        var query = Query([("properties", fitsUrl ? List(properties) : null), ("archived", Text(archived))]);
        var call = new HubSpotCall($"{objectType}.read", HttpMethod.Get, $"{ObjectsPath(objectType)}/{Segment(id)}{query}");
        HubSpotObject read;
        try
        {
            read = (await SendAsync(call, priority, cancellationToken)).Read<HubSpotObject>();
        }
        catch (HubSpotApiException fault) when (fault.Kind == HubSpotErrorKind.NotFound)
        {
            return null;
        }

        if (fitsUrl)
            return read;
        var batch = await BatchReadAsync(objectType, [read.Id], properties, archived, priority, cancellationToken);
        return batch.Found.SingleOrDefault();
    }

    /// <summary>Up to <see cref="MaxBatch"/> records by id, in one call.</summary>
    public async Task<HubSpotBatch> BatchReadAsync(
        string objectType,
        IReadOnlyCollection<string> ids,
        IReadOnlyCollection<string> properties,
        bool archived,
        HubSpotCallPriority priority,
        CancellationToken cancellationToken)
    {
        var asked = ids.ToHashSet();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(asked.Count, MaxBatch, nameof(ids));
        if (asked.Count == 0)
            return new HubSpotBatch([], [], _connection.UtcNow());

        var call = new HubSpotCall(
            $"{objectType}.batchRead",
            HttpMethod.Post,
            $"{ObjectsPath(objectType)}/batch/read{Query([("archived", Text(archived))])}",
            new { properties, propertiesWithHistory = Array.Empty<string>(), inputs = asked.Select(id => new { id }) });
        var answer = await SendAsync(call, priority, cancellationToken);
        var batch = answer.Read<BatchBody>();
        batch.ThrowUnlessOnlyMissing(answer.Operation);
        asked.ExceptWith(batch.Results.Select(found => found.Id));
        return new HubSpotBatch(batch.Results, [.. asked], answer.ReadAt);
    }

    /// <summary>All records of a type, or all archived ones, page by page; at most <see cref="MaxBatch"/> a page.</summary>
    public async Task<HubSpotPage<HubSpotObject>> ListAsync(
        string objectType,
        string? after,
        int limit,
        IReadOnlyCollection<string> properties,
        bool archived,
        HubSpotCallPriority priority,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxBatch);
        var fitsUrl = FitUrl(properties);
        var query = Query(
            [("limit", Text(limit)), ("after", after), ("properties", fitsUrl ? List(properties) : null), ("archived", Text(archived))]);
        var call = new HubSpotCall($"{objectType}.list", HttpMethod.Get, ObjectsPath(objectType) + query);
        var page = await PageAsync<HubSpotObject>(call, priority, cancellationToken);
        if (fitsUrl)
            return page;

        var batch = await BatchReadAsync(
            objectType, [.. page.Results.Select(row => row.Id)], properties, archived, priority, cancellationToken);
        return page with { Results = batch.Found, ReadAt = batch.ReadAt };
    }

    /// <summary>One page of what a search finds.</summary>
    public Task<HubSpotPage<HubSpotObject>> SearchAsync(
        string objectType, HubSpotSearch search, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(search.Limit, HubSpotSearch.MaxLimit, nameof(search));
        var filters = search.Filters.Select(filter => new { propertyName = filter.Property, @operator = filter.Operator, value = filter.Value });
        var body = new
        {
            filterGroups = search.Filters.Count == 0 ? [] : new[] { new { filters } },
            sorts = search.SortBy is null ? [] : new[] { new { propertyName = search.SortBy, direction = "ASCENDING" } },
            properties = search.Properties,
            limit = search.Limit,
            after = search.After,
        };
        var call = new HubSpotCall($"{objectType}.search", HttpMethod.Post, $"{ObjectsPath(objectType)}/search", body) { IsSearch = true };
        return PageAsync<HubSpotObject>(call, priority, cancellationToken);
    }

    private async Task<HubSpotPage<T>> PageAsync<T>(HubSpotCall call, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(call, priority, cancellationToken);
        var body = answer.Read<PageBody<T>>();
        return new HubSpotPage<T>(body.Results, body.Paging?.Next?.After, answer.ReadAt);
    }

    private Task<HubSpotAnswer> SendAsync(HubSpotCall call, HubSpotCallPriority priority, CancellationToken cancellationToken) =>
        _connection.SendAsync(call, priority, cancellationToken);

    private string ObjectsPath(string objectType) => $"{_paths.Objects}/{ObjectPath.Of(objectType)}";

    private static bool FitUrl(IReadOnlyCollection<string> properties) => properties.Sum(name => name.Length + 1) <= MaxPropertyCharacters;

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static string List(IReadOnlyCollection<string> names) => string.Join(',', names);

    private static string Text(bool value) => value ? "true" : "false";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Query((string Name, string? Value)[] parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }
}
