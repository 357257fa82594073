using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

public sealed partial class HubSpotClient
{
    private const int TimesToAsk = 3;

    /// <summary>
    /// To which records of <paramref name="toType"/> up to <see cref="MaxLinkBatch"/> records are linked: all links, however many
    /// calls that takes. HubSpot's index lags some seconds behind. A record of which a batch says nothing may have been dropped
    /// silently: it is asked for three times until it passes for one without links.
    /// </summary>
    public async Task<HubSpotLinks> LinksAsync(
        string fromType, IReadOnlyCollection<string> ids, string toType, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var links = ids.Distinct().ToDictionary(id => id, _ => new List<string>());
        ArgumentOutOfRangeException.ThrowIfGreaterThan(links.Count, MaxLinkBatch, nameof(ids));
        DateTime? readAt = null;
        var open = links.Keys.Select(id => new LinksRequest(id, After: null, Times: 1)).ToList();
        while (open.Count > 0)
        {
            var call = new HubSpotCall(
                $"{fromType}.links",
                HttpMethod.Post,
                $"{_paths.Associations}/{ObjectPath.Of(fromType)}/{ObjectPath.Of(toType)}/batch/read",
                new { inputs = open });
            var answer = await SendAsync(call, priority, cancellationToken);
            readAt ??= answer.ReadAt;
            var body = answer.Read<LinksBody>();
            ErrorBody.ThrowUnlessOnlyMissing(body.Errors, answer.Operation);
            var asked = open.ToHashSet();
            var answered = body.Results.Select(record => record.From.Id).Concat((body.Errors ?? []).SelectMany(error => error.Named())).ToHashSet();
            var silent = open.FindAll(request => !answered.Contains(request.Id));
            open = [.. Collect(body, links)];
            if (open.Exists(asked.Contains) || silent.Exists(request => request is { After: not null, Times: TimesToAsk }))
                throw new HubSpotApiException(HubSpotErrorKind.Unexpected, answer.Operation);
            open.AddRange(silent.Where(request => request.Times < TimesToAsk).Select(request => request with { Times = request.Times + 1 }));
        }

        return new HubSpotLinks(
            links.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value.Distinct()]), readAt ?? _connection.UtcNow());
    }

    /// <summary>Links two records, without a label; one link already there is fine. Gives HubSpot's time of it, cut to the second.</summary>
    public async Task<DateTime> LinkAsync(
        string fromType, string id, string toType, string toId, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var path = $"{_paths.RecordAssociations}/{ObjectPath.Of(fromType)}/{Segment(id)}/associations/default/{ObjectPath.Of(toType)}/{Segment(toId)}";
        return (await SendAsync(new HubSpotCall($"{fromType}.link", HttpMethod.Put, path), priority, cancellationToken)).ReadAt;
    }

    /// <summary>Removes every link between two records, whatever its label; none there is fine. Gives HubSpot's time of it, cut to the second.</summary>
    public async Task<DateTime> UnlinkAsync(
        string fromType, string id, string toType, string toId, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var path = $"{_paths.RecordAssociations}/{ObjectPath.Of(fromType)}/{Segment(id)}/associations/{ObjectPath.Of(toType)}/{Segment(toId)}";
        try
        {
            return (await SendAsync(new HubSpotCall($"{fromType}.unlink", HttpMethod.Delete, path), priority, cancellationToken)).ReadAt;
        }
        catch (HubSpotApiException fault) when (fault.Kind == HubSpotErrorKind.NotFound)
        {
            return _connection.UtcNow();
        }
    }

    /// <summary>Adds what came to the links, and tells of which records there is more.</summary>
    private static IEnumerable<LinksRequest> Collect(LinksBody body, Dictionary<string, List<string>> links)
    {
        foreach (var record in body.Results)
        {
            if (!links.TryGetValue(record.From.Id, out var known))
                continue;
            known.AddRange(record.To.Select(link => link.ToObjectId));
            if (record.Paging?.Next is { } next)
                yield return new LinksRequest(record.From.Id, next.After, Times: 1);
        }
    }

    private sealed record LinksRequest(string Id, string? After, [property: JsonIgnore] int Times);
}
