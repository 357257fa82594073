using System.Globalization;
using System.Text.Json;
using Lucitra.Webhooks.Crm;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Tests.Sync;

/// <summary>Lists and searches of <see cref="FakePortal"/>.</summary>
internal static class FakePages
{
    public static object List(IEnumerable<FakeRecord> records, IQueryCollection query)
    {
        var after = query.TryGetValue("after", out var given) ? long.Parse(given!, CultureInfo.InvariantCulture) : 0;
        var limit = int.Parse(query["limit"]!, CultureInfo.InvariantCulture);
        var rest = records.Where(one => one.Id > after).OrderBy(one => one.Id).Take(limit + 1).ToList();
        return Page(rest.Take(limit), rest.Count > limit ? rest[limit - 1].Id : null);
    }

    public static object Search(IEnumerable<FakeRecord> records, string type, JsonElement body)
    {
        var modified = type == "deals" ? "hs_lastmodifieddate" : "lastmodifieddate";
        var filters = body.GetProperty("filterGroups")[0].GetProperty("filters").EnumerateArray().ToList();
        var offset = body.TryGetProperty("after", out var after) ? int.Parse(after.GetString()!, CultureInfo.InvariantCulture) : 0;
        var limit = body.GetProperty("limit").GetInt32();
        if (offset + limit > HubSpotSearch.MaxResults)
            return new TooMany();

        var sortBy = body.GetProperty("sorts")[0].GetProperty("propertyName").GetString()!;
        var found = records.Where(one => filters.TrueForAll(filter => Holds(one, filter))).OrderBy(one => ValueOf(one, sortBy)).ThenBy(one => one.Id).ToList();
        return Page(found.Skip(offset).Take(limit), offset + limit < found.Count ? offset + limit : null);

        bool Holds(FakeRecord one, JsonElement filter)
        {
            var wanted = long.Parse(filter.GetProperty("value").GetString()!, CultureInfo.InvariantCulture);
            var value = ValueOf(one, filter.GetProperty("propertyName").GetString()!);
            return filter.GetProperty("operator").GetString() switch
            {
                "GTE" => value >= wanted,
                "GT" => value > wanted,
                _ => value == wanted,
            };
        }

        // A search by a name that the type does not have finds nothing.
        long? ValueOf(FakeRecord one, string name) =>
            name == modified ? new DateTimeOffset(one.UpdatedAt).ToUnixTimeMilliseconds() : name == "hs_object_id" ? one.Id : null;
    }

    private static object Page(IEnumerable<FakeRecord> records, long? after) => new
    {
        results = records.Select(one => one.ToJson()).ToList(),
        paging = after is null ? null : new { next = new { after = after.Value.ToString(CultureInfo.InvariantCulture) } },
    };

    /// <summary>HubSpot answers 400.</summary>
    public sealed record TooMany;
}

/// <summary>Pipelines, properties and owners of <see cref="FakePortal"/>.</summary>
internal static class FakeMetadata
{
    public static object Pipelines(IEnumerable<(string Id, string Label, string IsClosed, string Probability)> stages) => new
    {
        results = new[]
        {
            new
            {
                id = "sales",
                label = "Sales",
                displayOrder = 1,
                archived = false,
                stages = stages.Select((one, place) => new
                {
                    id = one.Id,
                    label = one.Label,
                    displayOrder = place,
                    archived = false,
                    metadata = new { isClosed = one.IsClosed, probability = one.Probability },
                }).ToList(),
            },
        },
    };

    public static object Properties(string type) => new
    {
        results = new[]
        {
            new { name = "score", label = "Score", type = "number", fieldType = "number" },
            new { name = $"{type}_day", label = "Day", type = "date", fieldType = "date" },
        },
    };

    public static object Owners(bool archived) => new
    {
        results = new[] { archived ? new { id = "8", firstName = "Old", archived = true } : new { id = "7", firstName = "Ada", archived = false } },
    };
}
