namespace Lucitra.Webhooks.Crm;

public sealed partial class HubSpotClient
{
    /// <summary>All pipelines of an object type with their stages.</summary>
    public async Task<IReadOnlyList<HubSpotPipeline>> PipelinesAsync(
        string objectType, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var call = new HubSpotCall($"{objectType}.pipelines", HttpMethod.Get, $"{_paths.Pipelines}/{ObjectPath.Of(objectType)}");
        return (await PageAsync<HubSpotPipeline>(call, priority, cancellationToken)).Results;
    }

    /// <summary>One page of up to 100 owners, or of those no longer active.</summary>
    public Task<HubSpotPage<HubSpotOwner>> OwnersAsync(
        string? after, bool archived, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var query = Query([("limit", Text(MaxBatch)), ("after", after), ("archived", Text(archived))]);
        return PageAsync<HubSpotOwner>(new HubSpotCall("owners", HttpMethod.Get, _paths.Owners + query), priority, cancellationToken);
    }

    /// <summary>Definitions of all properties of an object type.</summary>
    public async Task<IReadOnlyList<HubSpotProperty>> PropertiesAsync(
        string objectType, HubSpotCallPriority priority, CancellationToken cancellationToken)
    {
        var call = new HubSpotCall($"{objectType}.properties", HttpMethod.Get, $"{_paths.Properties}/{ObjectPath.Of(objectType)}");
        return (await PageAsync<HubSpotProperty>(call, priority, cancellationToken)).Results;
    }

    /// <summary>The account itself.</summary>
    public Task<HubSpotAccount> AccountAsync(HubSpotCallPriority priority, CancellationToken cancellationToken) =>
        _connection.AccountAsync(priority, cancellationToken);
}
