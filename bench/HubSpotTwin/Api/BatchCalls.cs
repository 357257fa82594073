using System.Text.Json;
using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>Up to a hundred records in one call.</summary>
internal static class BatchCalls
{
    private const int MostInputs = 100;

    public static ApiAnswer Read(ApiCall call)
    {
        var type = call.TypeOf();
        var batch = new Batch(call);
        var (asked, histories) = (Names(call.Body, "properties"), Names(call.Body, "propertiesWithHistory"));
        var idProperty = Text(call.Body, "idProperty");
        foreach (var id in call.Inputs(MostInputs).Select(input => input.GetProperty("id").ToString()))
        {
            // By id, a record that was merged away is gone: only a single read follows it.
            var record = idProperty is null ? Exact(call, type, id) : call.Find(type, id, idProperty);
            if (record is null || record.ArchivedAt is not null != call.Archived)
            {
                batch.Missing(id);
                continue;
            }

            var json = RecordJson.Of(call.Portal, record, asked);
            if (histories.Count > 0)
                json["propertiesWithHistory"] = RecordJson.History(record, histories);
            batch.Add(json);
        }

        return batch.Answer(type);
    }

    public static ApiAnswer Create(ApiCall call) => Write(call, 201, (input, type) => (null, true));

    public static ApiAnswer Update(ApiCall call) => Write(call, 200, (input, type) =>
        (Text(input, "idProperty") is { } idProperty ? call.Find(type, Id(input), idProperty) : Exact(call, type, Id(input)), false));

    public static ApiAnswer Upsert(ApiCall call) => Write(call, 200, (input, type) =>
        (call.Find(type, Id(input), Text(input, "idProperty")), Text(input, "idProperty") is not null), tellsNew: true);

    public static ApiAnswer Archive(ApiCall call)
    {
        foreach (var record in call.Inputs(MostInputs).Select(input => call.Find(call.TypeOf(), Id(input), null)))
        {
            if (record is { ArchivedAt: null })
                call.Portal.Delete(record, call.App);
        }

        return new ApiAnswer(204);
    }

    private static ApiAnswer Write(
        ApiCall call, int status, Func<JsonElement, ObjectType, (CrmRecord? Record, bool MayCreate)> target, bool tellsNew = false)
    {
        var type = call.TypeOf();
        var batch = new Batch(call);
        var inputs = call.Inputs(MostInputs);
        foreach (var name in inputs.SelectMany(input => input.GetProperty("properties").EnumerateObject()).Select(member => member.Name))
        {
            if (!PropertyDefinition.Of(type).ContainsKey(name))
                return Refusals.InvalidProperty(new InvalidValue(name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist"), call.Portal.Id);
        }

        foreach (var input in inputs)
        {
            var (record, mayCreate) = target(input, type);
            var traceId = Text(input, "objectWriteTraceId");
            var (values, invalid) = WriteValues.Read(type, input.GetProperty("properties"), record);
            if (Text(input, "idProperty") is { } idProperty && record is null)
                values.TryAdd(idProperty, Id(input));
            if (invalid is not null)
                batch.Failed("VALIDATION_ERROR", invalid.Message(call.Portal.Id), traceId);
            else if (Holder(call, type, values, record) is { } holder)
                batch.Failed("CONFLICT", $"Contact already exists. Existing ID: {holder.Id}", traceId);
            else if (record is { ArchivedAt: null } || (record is null && mayCreate))
                batch.Add(Written(call, type, record, values, traceId, tellsNew));
            else if (!call.Portal.Records(type).Aliases.ContainsKey(long.TryParse(Id(input), out var id) ? id : 0))
                batch.Missing(Id(input));
        }

        return batch.Answer(type, status);
    }

    private static JsonObject Written(
        ApiCall call, ObjectType type, CrmRecord? record, Dictionary<string, string> values, string? traceId, bool tellsNew)
    {
        var isNew = record is null;
        if (record is null)
            record = call.Portal.Create(type, values, call.App);
        else
            call.Portal.Update(record, values, call.App);
        var json = RecordJson.Of(call.Portal, record, values.Count == 0 ? ["hs_object_id"] : values.Keys);
        if (tellsNew)
            json["new"] = isNew;
        if (traceId is not null)
            json["objectWriteTraceId"] = traceId;
        return json;
    }

    private static CrmRecord? Holder(ApiCall call, ObjectType type, Dictionary<string, string> values, CrmRecord? record) =>
        values.TryGetValue("email", out var email) && call.Portal.Records(type).ByEmail(email) is { } holder && holder != record ? holder : null;

    private static CrmRecord? Exact(ApiCall call, ObjectType type, string id) =>
        long.TryParse(id, out var number) && call.Portal.Records(type).TryGet(number, out var record) ? record : null;

    private static string Id(JsonElement input) => Text(input, "id") ?? "";

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static List<string> Names(JsonElement json, string name) =>
        json.TryGetProperty(name, out var names) ? [.. names.EnumerateArray().Select(value => value.GetString()!)] : [];
}
