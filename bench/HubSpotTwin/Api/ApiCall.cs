using System.Text.Json;
using Lucitra.Twin.State;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Twin.Api;

/// <summary>A call of the CRM API whose caller is known. Handled under the state's gate.</summary>
internal sealed class ApiCall(HttpContext http, Portal portal, JsonElement body, TwinOptions options, TwinClock clock, TwinFaults faults)
{
    public Portal Portal => portal;

    public JsonElement Body => body;

    public TwinFaults Faults => faults;

    public TwinClock Clock => clock;

    public Actor App => Actor.App(options.AppId);

    public bool Archived => Query("archived") == "true";

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public IReadOnlyList<string> QueryList(string name) => Query(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <summary>The object type that a segment of the path names.</summary>
    public ObjectType TypeOf(string name = "type") =>
        ObjectType.Of(Route(name)) ?? throw new RefusedException(Refusals.Malformed($"Unable to infer object type from: {Route(name)}"));

    /// <summary>The limit of a page.</summary>
    public int Limit(int most, int usual)
    {
        if (Query("limit") is not { } text)
            return usual;
        return int.TryParse(text, out var limit) && limit > 0 && limit <= most
            ? limit
            : throw new RefusedException(Refusals.Malformed($"The limit must be between 1 and {most}."));
    }

    /// <summary>The inputs of a batch.</summary>
    public List<JsonElement> Inputs(int most)
    {
        var inputs = body.TryGetProperty("inputs", out var array) ? array.EnumerateArray().ToList() : [];
        return inputs.Count <= most ? inputs : throw new RefusedException(Refusals.Malformed($"A batch has at most {most} inputs."));
    }

    /// <summary>The record that an id, or the value of a unique property, leads to, over merges. Archived ones only if asked for.</summary>
    public CrmRecord Record(ObjectType type, string id, string? idProperty)
    {
        var record = Find(type, id, idProperty);
        return record is not null && record.ArchivedAt is not null == Archived ? record : throw new RefusedException(Refusals.NotFound());
    }

    /// <summary>The same without a word about archived ones; null if there is none.</summary>
    public CrmRecord? Find(ObjectType type, string id, string? idProperty) => idProperty switch
    {
        null or "hs_object_id" => long.TryParse(id, out var number) ? portal.Records(type).Resolve(number) : null,
        "email" => portal.Records(type).ByEmail(id),
        _ => portal.Records(type).Live.FirstOrDefault(record => record[idProperty] == id),
    };
}
