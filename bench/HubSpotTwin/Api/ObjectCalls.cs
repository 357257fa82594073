using System.Text.Json;
using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>Single records.</summary>
internal static class ObjectCalls
{
    public static ApiAnswer Get(ApiCall call)
    {
        var record = call.Record(call.TypeOf(), call.Route("id"), call.Query("idProperty"));
        var json = Asked(call, record);
        json["url"] = $"https://app.hubspot.com/contacts/{call.Portal.Id}/record/{record.Type.TypeId}/{record.Id}";
        return new ApiAnswer(200, json);
    }

    public static ApiAnswer List(ApiCall call)
    {
        var type = call.TypeOf();
        var limit = call.Limit(most: 100, usual: 10);
        var after = long.TryParse(call.Query("after"), out var id) ? id : 0;
        var found = call.Portal.Records(type).All
            .Where(record => record.Id >= after && record.ArchivedAt is not null == call.Archived)
            .Take(limit + 1)
            .ToList();
        var json = new JsonObject { ["results"] = new JsonArray([.. found.Take(limit).Select(record => Asked(call, record))]) };
        if (found.Count > limit)
        {
            var next = found[limit - 1].Id + 1;
            json["paging"] = new JsonObject
            {
                ["next"] = new JsonObject
                {
                    ["after"] = $"{next}",
                    ["link"] = $"https://api.hubapi.com/crm/v3/objects/{type.Plural}?limit={limit}&after={next}",
                },
            };
        }

        return new ApiAnswer(200, json);
    }

    public static ApiAnswer Create(ApiCall call)
    {
        var type = call.TypeOf();
        var values = Values(call, type, record: null);
        if (type == ObjectType.Contact && values.TryGetValue("email", out var email) && call.Portal.Records(type).ByEmail(email) is { } existing)
            return Refusals.Conflict(existing.Id);
        return new ApiAnswer(201, RecordJson.Of(call.Portal, call.Portal.Create(type, values, call.App), values.Keys));
    }

    public static ApiAnswer Update(ApiCall call)
    {
        var record = call.Record(call.TypeOf(), call.Route("id"), call.Query("idProperty"));
        var values = Values(call, record.Type, record);
        if (values.TryGetValue("email", out var email) && call.Portal.Records(record.Type).ByEmail(email) is { } holder && holder != record)
            return Refusals.Conflict(holder.Id);
        call.Portal.Update(record, values, call.App);
        return new ApiAnswer(200, RecordJson.Of(call.Portal, record, values.Count == 0 ? ["hs_object_id"] : values.Keys));
    }

    public static ApiAnswer Delete(ApiCall call)
    {
        if (call.Find(call.TypeOf(), call.Route("id"), null) is { ArchivedAt: null } record)
            call.Portal.Delete(record, call.App);
        return new ApiAnswer(204);
    }

    public static ApiAnswer PrivacyDelete(ApiCall call)
    {
        var idProperty = call.Body.TryGetProperty("idProperty", out var name) ? name.GetString() : null;
        if (call.Find(ObjectType.Contact, call.Body.GetProperty("objectId").ToString(), idProperty) is { } contact)
            call.Portal.PrivacyDelete(contact, call.App);
        return new ApiAnswer(204);
    }

    public static ApiAnswer Merge(ApiCall call)
    {
        var type = call.TypeOf();
        var primary = call.Record(type, call.Body.GetProperty("primaryObjectId").ToString(), null);
        var loser = call.Record(type, call.Body.GetProperty("objectIdToMerge").ToString(), null);
        return primary == loser
            ? Refusals.Malformed("A record cannot be merged with itself.")
            : new ApiAnswer(200, RecordJson.Of(call.Portal, call.Portal.Merge(primary, loser, call.App), []));
    }

    private static JsonObject Asked(ApiCall call, CrmRecord record)
    {
        var json = RecordJson.Of(call.Portal, record, call.QueryList("properties"));
        if (call.QueryList("propertiesWithHistory") is { Count: > 0 } histories)
            json["propertiesWithHistory"] = RecordJson.History(record, histories);
        if (call.QueryList("associations") is { Count: > 0 } types && RecordJson.Associations(call.Portal, record, types) is { Count: > 0 } links)
            json["associations"] = links;
        return json;
    }

    private static Dictionary<string, string> Values(ApiCall call, ObjectType type, CrmRecord? record)
    {
        if (!call.Body.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            throw new RefusedException(Refusals.Malformed("Invalid input JSON: properties are missing."));
        var (values, invalid) = WriteValues.Read(type, properties, record);
        return invalid is null ? values : throw new RefusedException(Refusals.InvalidProperty(invalid, call.Portal.Id));
    }
}
