using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>The search: late, capped at 10,000 results, blind for what is archived.</summary>
internal static class SearchCalls
{
    private const int MostResults = 10_000;
    private const int LargestPage = 200;

    public static ApiAnswer Search(ApiCall call)
    {
        var type = call.TypeOf();
        var body = call.Body;
        var limit = body.TryGetProperty("limit", out var given) ? given.GetInt32() : 10;
        var after = body.TryGetProperty("after", out var text) && int.TryParse(text.ToString(), out var offset) ? offset : 0;
        if (limit is < 0 or > LargestPage || after + limit > MostResults || Array(body, "sorts").Count > 1 || TooManyFilters(body))
            return Refusals.BadSearch();

        var rows = Sorted(call.Portal.Index.Rows(call.Portal, type, call.Clock.Now()).Where(row => Matches(type, row, body)), type, body).ToList();
        var asked = Array(body, "properties").Select(name => name.GetString()!).ToList();
        var json = new JsonObject
        {
            ["total"] = rows.Count,
            ["results"] = new JsonArray([.. rows.Skip(after).Take(limit).Select(row => RecordJson.Of(type, row, asked))]),
        };
        if (after + limit < rows.Count)
            json["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = $"{after + limit}" } };
        return new ApiAnswer(200, json) { TellsLimits = false };
    }

    private static bool TooManyFilters(JsonElement body)
    {
        var sizes = Array(body, "filterGroups").Select(group => Array(group, "filters").Count).ToList();
        return sizes.Count > 5 || sizes.Sum() > 18 || sizes.Exists(size => size > 6);
    }

    private static bool Matches(ObjectType type, IndexedRecord row, JsonElement body)
    {
        var groups = Array(body, "filterGroups");
        return groups.Count == 0 || groups.Exists(group => Array(group, "filters").TrueForAll(filter => Passes(type, row, filter)));
    }

    private static bool Passes(ObjectType type, IndexedRecord row, JsonElement filter)
    {
        var name = filter.GetProperty("propertyName").GetString()!;
        var value = row.Values.GetValueOrDefault(name);
        var wanted = filter.TryGetProperty("value", out var text) ? text.ToString() : "";
        return filter.GetProperty("operator").GetString() switch
        {
            "HAS_PROPERTY" => value is not null,
            "NOT_HAS_PROPERTY" => value is null,
            "EQ" => value is not null && Compare(type, name, value, wanted) == 0,
            "NEQ" => value is not null && Compare(type, name, value, wanted) != 0,
            "GT" => value is not null && Compare(type, name, value, wanted) > 0,
            "GTE" => value is not null && Compare(type, name, value, wanted) >= 0,
            "LT" => value is not null && Compare(type, name, value, wanted) < 0,
            "LTE" => value is not null && Compare(type, name, value, wanted) <= 0,
            "BETWEEN" => value is not null && Compare(type, name, value, wanted) >= 0
                && Compare(type, name, value, filter.GetProperty("highValue").ToString()) <= 0,
            "IN" => value is not null && Array(filter, "values").Exists(one => Compare(type, name, value, one.ToString()) == 0),
            "NOT_IN" => value is not null && !Array(filter, "values").Exists(one => Compare(type, name, value, one.ToString()) == 0),
            "CONTAINS_TOKEN" => value?.Contains(wanted.Trim('*'), StringComparison.OrdinalIgnoreCase) == true,
            _ => throw new RefusedException(Refusals.BadSearch()),
        };
    }

    private static IEnumerable<IndexedRecord> Sorted(IEnumerable<IndexedRecord> rows, ObjectType type, JsonElement body)
    {
        if (Array(body, "sorts") is not [var sort])
            return rows;
        var name = sort.GetProperty("propertyName").GetString()!;
        var order = Comparer<string?>.Create((left, right) => Compare(type, name, left ?? "", right ?? ""));
        return sort.TryGetProperty("direction", out var direction) && direction.GetString() == "DESCENDING"
            ? rows.OrderByDescending(row => row.Values.GetValueOrDefault(name), order)
            : rows.OrderBy(row => row.Values.GetValueOrDefault(name), order);
    }

    private static int Compare(ObjectType type, string name, string left, string right) =>
        PropertyDefinition.Of(type).TryGetValue(name, out var definition) && definition.Type is ("date" or "datetime" or "number")
            ? Nullable.Compare(Number(left), Number(right))
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);

    private static decimal? Number(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUnixTimeMilliseconds() : null;
    }

    private static List<JsonElement> Array(JsonElement json, string name) =>
        json.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray()] : [];
}
