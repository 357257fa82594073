using System.Text.Json.Nodes;
using Lucitra.Twin.State;

namespace Lucitra.Twin.Api;

/// <summary>The answer of a batch as it grows.</summary>
internal sealed class Batch(ApiCall call)
{
    private readonly JsonArray _results = [];
    private readonly JsonArray _errors = [];
    private readonly List<string> _missing = [];
    private readonly long _startedAt = call.Clock.Now();

    public void Add(JsonObject row)
    {
        if (!call.Faults.Strikes(call.Faults.DroppedRow))
            _results.Add(row);
    }

    public void Missing(string id) => _missing.Add(id);

    public void Failed(string category, string message, string? traceId) => _errors.Add(new JsonObject
    {
        ["status"] = "error",
        ["category"] = category,
        ["message"] = message,
        ["context"] = traceId is null ? new JsonObject() : new JsonObject { ["objectWriteTraceId"] = new JsonArray(traceId) },
    });

    public ApiAnswer Answer(ObjectType type, int status = 200)
    {
        if (_missing.Count > 0)
        {
            _errors.Add(new JsonObject
            {
                ["status"] = "error",
                ["category"] = "OBJECT_NOT_FOUND",
                ["message"] = $"Could not get some {type.Name.ToUpperInvariant()} objects, they may be deleted or not exist. Check that ids are valid.",
                ["context"] = new JsonObject { ["ids"] = new JsonArray([.. _missing.Select(id => JsonValue.Create(id))]) },
            });
        }

        var json = new JsonObject { ["status"] = "COMPLETE", ["results"] = _results };
        if (_errors.Count > 0)
            (json["numErrors"], json["errors"]) = (_errors.Count, _errors);
        json["startedAt"] = CrmRecord.Iso(_startedAt);
        json["completedAt"] = CrmRecord.Iso(call.Clock.Now());
        return new ApiAnswer(_errors.Count > 0 ? 207 : status, json);
    }
}
