using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>Records as the API writes them.</summary>
internal static class RecordJson
{
    /// <summary>A record with the properties that were asked for; none: the usual ones. Unknown names are passed over.</summary>
    public static JsonObject Of(Portal portal, CrmRecord record, IReadOnlyCollection<string> asked)
    {
        var json = Of(record.Type, record.Id, record.CreatedAt, record.UpdatedAt, portal.ValuesOf(record), asked);
        json["archived"] = record.ArchivedAt is not null;
        if (record.ArchivedAt is { } archivedAt)
            json["archivedAt"] = CrmRecord.Iso(archivedAt);
        return json;
    }

    public static JsonObject Of(ObjectType type, IndexedRecord row, IReadOnlyCollection<string> asked)
    {
        var json = Of(type, row.Id, row.CreatedAt, row.UpdatedAt, row.Values, asked);
        json["archived"] = false;
        return json;
    }

    /// <summary>The records at the other end, once for each kind of link.</summary>
    public static JsonObject Associations(Portal portal, CrmRecord record, IEnumerable<string> types)
    {
        var json = new JsonObject();
        foreach (var other in types.Select(ObjectType.Of).OfType<ObjectType>().Where(other => other != record.Type))
        {
            var links = portal.LiveLinks(record).Select(link => new JsonObject
            {
                ["id"] = $"{link.OtherId}",
                ["type"] = link.Kind == LinkKind.Plain ? $"{record.Type}_to_{other}" : "decision_maker",
            }).ToArray<JsonNode>();
            if (links.Length > 0)
                json[other.Plural] = new JsonObject { ["results"] = new JsonArray(links) };
        }

        return json;
    }

    public static JsonObject History(CrmRecord record, IEnumerable<string> properties) => new(properties.Select(name => KeyValuePair.Create(
        name,
        (JsonNode?)new JsonArray([.. record.HistoryOf(name).Select(value => new JsonObject
        {
            ["value"] = value.Text,
            ["timestamp"] = CrmRecord.Iso(value.At),
            ["sourceType"] = value.By.Source,
            ["sourceId"] = value.By.SourceId,
        })]))));

    private static JsonObject Of(
        ObjectType type, long id, long createdAt, long updatedAt, Dictionary<string, string?> values, IReadOnlyCollection<string> asked)
    {
        var definitions = PropertyDefinition.Of(type);
        var names = asked.Count == 0 ? type.DefaultProperties : ["createdate", "hs_object_id", type.ModifiedProperty, .. asked];
        var properties = new JsonObject();
        foreach (var name in names.Distinct().Where(name => definitions.TryGetValue(name, out var definition) && !definition.Sensitive))
            properties[name] = values.GetValueOrDefault(name);
        return new JsonObject
        {
            ["id"] = $"{id}",
            ["properties"] = properties,
            ["createdAt"] = CrmRecord.Iso(createdAt),
            ["updatedAt"] = CrmRecord.Iso(updatedAt),
        };
    }
}
