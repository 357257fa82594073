using System.Globalization;
using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>Links between contacts and deals (v4). What they list is as old as the lag of the index.</summary>
internal static class AssociationCalls
{
    private const int MostReads = 1000;

    public static ApiAnswer Get(ApiCall call)
    {
        var (from, to) = Ends(call);
        var limit = call.Limit(most: 500, usual: 500);
        var after = int.TryParse(call.Query("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;
        var listed = Listed(call, from, to, call.Route("id"));
        var json = new JsonObject { ["results"] = new JsonArray([.. listed.Skip(after).Take(limit)]) };
        if (listed.Count > after + limit)
        {
            json["paging"] = new JsonObject
            {
                ["next"] = new JsonObject
                {
                    ["after"] = $"{after + limit}",
                    ["link"] = $"https://api.hubapi.com/crm/v4/objects/{from.Plural}/{call.Route("id")}/associations/{to.Plural}?after={after + limit}",
                },
            };
        }

        return new ApiAnswer(200, json);
    }

    public static ApiAnswer Read(ApiCall call)
    {
        var (from, to) = Ends(call);
        var batch = new Batch(call);
        foreach (var id in call.Inputs(MostReads).Select(input => input.GetProperty("id").ToString()))
        {
            if (Listed(call, from, to, id) is { Count: > 0 } listed)
                batch.Add(new JsonObject { ["from"] = new JsonObject { ["id"] = id }, ["to"] = new JsonArray([.. listed]) });
        }

        return batch.Answer(from);
    }

    public static ApiAnswer Link(ApiCall call)
    {
        var (contact, deal) = Pair(call);
        call.Portal.Link(contact.Id, deal.Id, LinkKind.Plain, call.App);
        var (from, _) = Ends(call);
        var results = new[] { from, Opposite(from) }.Select(end => new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = $"{(end == ObjectType.Contact ? contact : deal).Id}" },
            ["to"] = new JsonObject { ["id"] = $"{(end == ObjectType.Contact ? deal : contact).Id}" },
            ["associationSpec"] = new JsonObject { ["associationCategory"] = "HUBSPOT_DEFINED", ["associationTypeId"] = end == ObjectType.Contact ? 4 : 3 },
        });
        var now = CrmRecord.Iso(call.Clock.Now());
        return new ApiAnswer(200, new JsonObject
        {
            ["status"] = "COMPLETE",
            ["results"] = new JsonArray([.. results]),
            ["startedAt"] = now,
            ["completedAt"] = now,
        });
    }

    public static ApiAnswer Unlink(ApiCall call)
    {
        var (contact, deal) = Pair(call);
        call.Portal.Unlink(contact.Id, deal.Id, call.App);
        return new ApiAnswer(204);
    }

    private static (ObjectType From, ObjectType To) Ends(ApiCall call)
    {
        var (from, to) = (call.TypeOf("from"), call.TypeOf("to"));
        return from != to ? (from, to) : throw new RefusedException(Refusals.Malformed($"No association is known from {from} to {to}."));
    }

    private static (CrmRecord Contact, CrmRecord Deal) Pair(ApiCall call)
    {
        var (from, to) = Ends(call);
        var (first, second) = (call.Record(from, call.Route("id"), null), call.Record(to, call.Route("toId"), null));
        return from == ObjectType.Contact ? (first, second) : (second, first);
    }

    private static List<JsonObject> Listed(ApiCall call, ObjectType from, ObjectType to, string id)
    {
        if (call.Find(from, id, null) is not { } record)
            return [];
        var asOf = call.Clock.Now() - (long)call.Faults.AssociationLag.TotalMilliseconds;
        return
        [
            .. call.Portal.Links.Listed(from, record.Id, asOf)
                .Where(link => WasLive(call.Portal.Records(to), link.OtherId, asOf))
                .GroupBy(link => link.OtherId)
                .Select(other => new JsonObject
                {
                    ["toObjectId"] = other.Key,
                    ["associationTypes"] = new JsonArray([.. other.Select(link => TypeOf(from, link.Kind))]),
                }),
        ];
    }

    private static bool WasLive(RecordStore records, long id, long asOf) =>
        records.TryGet(id, out var record) ? !(record.ArchivedAt <= asOf) : records.Aliases.ContainsKey(id);

    private static JsonObject TypeOf(ObjectType from, LinkKind kind) => kind == LinkKind.Plain
        ? new JsonObject { ["category"] = "HUBSPOT_DEFINED", ["typeId"] = from == ObjectType.Contact ? 4 : 3, ["label"] = null }
        : new JsonObject { ["category"] = "USER_DEFINED", ["typeId"] = from == ObjectType.Contact ? 35 : 36, ["label"] = "Decision maker" };

    private static ObjectType Opposite(ObjectType type) => type == ObjectType.Contact ? ObjectType.Deal : ObjectType.Contact;
}
