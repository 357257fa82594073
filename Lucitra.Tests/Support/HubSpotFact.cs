namespace Lucitra.Tests.Support;

/// <summary>One event of a webhook, with everything a test does not care about filled in.</summary>
internal sealed record HubSpotFact(string Type, long ObjectId)
{
    public static readonly DateTimeOffset Start = new(2026, 10, 5, 8, 30, 0, TimeSpan.Zero);

    public DateTimeOffset OccurredAt { get; init; } = Start;

    public string? Property { get; init; }

    public string? Value { get; init; }

    public long PortalId { get; init; } = 21_478_362;

    public string? ChangeSource { get; init; } = "CRM_UI";

    public static HubSpotFact Created(string objectType, long id) => new($"{objectType}.creation", id);

    public static HubSpotFact Deleted(string objectType, long id, int afterSeconds = 60) =>
        new($"{objectType}.deletion", id) { OccurredAt = Start.AddSeconds(afterSeconds) };

    public static HubSpotFact Changed(string objectType, long id, string property, string? value, int afterSeconds = 0) =>
        new($"{objectType}.propertyChange", id) { Property = property, Value = value, OccurredAt = Start.AddSeconds(afterSeconds) };

    public Dictionary<string, object?> ToJson()
    {
        var json = new Dictionary<string, object?>
        {
            ["eventId"] = Random.Shared.NextInt64(1, uint.MaxValue),
            ["subscriptionId"] = 5_200_100,
            ["portalId"] = PortalId,
            ["appId"] = 4_411_907,
            ["occurredAt"] = OccurredAt.ToUnixTimeMilliseconds(),
            ["subscriptionType"] = Type,
            ["attemptNumber"] = 0,
            ["objectId"] = ObjectId,
            ["changeSource"] = ChangeSource,
            ["sourceId"] = "userId:70114592",
        };
        if (Property is not null)
            (json["propertyName"], json["propertyValue"]) = (Property, Value);
        return json;
    }
}
