using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>What an account has besides records.</summary>
internal static class AccountCalls
{
    private const string LongAgo = "1970-01-01T00:00:00Z";

    public static ApiAnswer Details(ApiCall call) => new(200, new JsonObject
    {
        ["portalId"] = call.Portal.Id,
        ["accountType"] = "STANDARD",
        ["timeZone"] = "Europe/Lisbon",
        ["companyCurrency"] = "EUR",
        ["additionalCurrencies"] = new JsonArray("USD", "GBP"),
        ["utcOffset"] = "+00:00",
        ["utcOffsetMilliseconds"] = 0,
        ["uiDomain"] = "app.hubspot.com",
        ["dataHostingLocation"] = "na1",
    });

    public static ApiAnswer Pipelines(ApiCall call) => call.TypeOf() == ObjectType.Deal
        ? new ApiAnswer(200, new JsonObject { ["results"] = new JsonArray([.. Pipeline.All.Select(Of)]) })
        : Refusals.NotFound();

    public static ApiAnswer Owners(ApiCall call)
    {
        var limit = call.Limit(most: 500, usual: 100);
        var after = int.TryParse(call.Query("after"), out var offset) ? offset : 0;
        var owners = Owner.All.Where(owner => owner.Archived == call.Archived && (call.Query("email") ?? owner.Email) == owner.Email).ToList();
        var json = new JsonObject { ["results"] = new JsonArray([.. owners.Skip(after).Take(limit).Select(Of)]) };
        if (owners.Count > after + limit)
        {
            json["paging"] = new JsonObject
            {
                ["next"] = new JsonObject { ["after"] = $"{after + limit}", ["link"] = $"https://api.hubapi.com/crm/v3/owners?after={after + limit}" },
            };
        }

        return new ApiAnswer(200, json);
    }

    public static ApiAnswer Properties(ApiCall call)
    {
        var definitions = PropertyDefinition.Of(call.TypeOf()).Values.Where(definition => definition.Sensitive == (call.Query("dataSensitivity") == "sensitive"));
        return new ApiAnswer(200, new JsonObject { ["results"] = new JsonArray([.. definitions.Select(Of)]) });
    }

    public static ApiAnswer Property(ApiCall call) =>
        PropertyDefinition.Of(call.TypeOf()).TryGetValue(call.Route("name"), out var definition) ? new ApiAnswer(200, Of(definition)) : Refusals.NotFound();

    private static JsonObject Of(Pipeline pipeline, int order) => new()
    {
        ["id"] = pipeline.Id,
        ["label"] = pipeline.Label,
        ["displayOrder"] = order,
        ["createdAt"] = pipeline.CreatedAt,
        ["updatedAt"] = pipeline.UpdatedAt,
        ["archived"] = false,
        ["stages"] = new JsonArray([.. pipeline.Stages.Select(Of)]),
    };

    private static JsonObject Of(Stage stage, int order) => new()
    {
        ["id"] = stage.Id,
        ["label"] = stage.Label,
        ["displayOrder"] = order,
        ["metadata"] = new JsonObject { ["isClosed"] = stage.Closed ? "true" : "false", ["probability"] = stage.Probability },
        ["createdAt"] = LongAgo,
        ["updatedAt"] = LongAgo,
        ["archived"] = false,
        ["writePermissions"] = "CRM_PERMISSIONS_ENFORCEMENT",
    };

    private static JsonObject Of(Owner owner) => new()
    {
        ["id"] = owner.Id,
        ["email"] = owner.Email,
        ["type"] = "PERSON",
        ["firstName"] = owner.FirstName,
        ["lastName"] = owner.LastName,
        ["userId"] = owner.Archived ? null : owner.UserId,
        ["userIdIncludingInactive"] = owner.UserId,
        ["createdAt"] = "2025-12-25T13:01:35.228Z",
        ["updatedAt"] = "2026-08-22T13:40:26.790Z",
        ["archived"] = owner.Archived,
        ["teams"] = new JsonArray(new JsonObject { ["id"] = "368001", ["name"] = "Field", ["primary"] = true }),
    };

    private static JsonObject Of(PropertyDefinition definition) => new()
    {
        ["name"] = definition.Name,
        ["label"] = definition.Label,
        ["type"] = definition.Type,
        ["fieldType"] = definition.FieldType,
        ["groupName"] = definition.Custom ? "custom" : "contactinformation",
        ["options"] = new JsonArray([.. definition.Options.Select((option, order) => new JsonObject
        {
            ["label"] = option,
            ["value"] = option,
            ["displayOrder"] = order,
            ["hidden"] = false,
        })]),
        ["hasUniqueValue"] = definition.Unique,
        ["hidden"] = false,
        ["calculated"] = definition.Calculated,
        ["externalOptions"] = definition.ExternalOptions,
        ["archived"] = false,
        ["hubspotDefined"] = !definition.Custom,
        ["dataSensitivity"] = definition.Sensitive ? "sensitive" : "non_sensitive",
        ["modificationMetadata"] = new JsonObject
        {
            ["archivable"] = definition.Custom,
            ["readOnlyDefinition"] = false,
            ["readOnlyOptions"] = false,
            ["readOnlyValue"] = definition.ReadOnly,
        },
    };
}
