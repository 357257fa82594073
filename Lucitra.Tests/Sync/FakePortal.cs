using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Sync;

/// <summary>A HubSpot account in this process: as much of the CRM API as reading needs, with its pages, its limits and its ways with merged and archived records.</summary>
internal sealed class FakePortal : IAsyncDisposable
{
    public const long PortalId = 21_478_362;

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Type, long Id), FakeRecord> _records = [];
    private readonly HashSet<(long Deal, long Contact)> _links = [];
    private DateTime _now = HubSpotFact.Start.UtcDateTime;

    private FakePortal(WebApplication app) => _app = app;

    /// <summary>Method and path of every call, but for the account.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Runs before each call is answered; a status that it gives is the answer.</summary>
    public Func<string, Task<int?>> OnCall { get; set; } = _ => Task.FromResult<int?>(null);

    /// <summary>Stages of the one pipeline: id, label, closed, probability.</summary>
    public List<(string Id, string Label, string IsClosed, string Probability)> Stages { get; } = [("won", "Won", "true", "1.0"), ("open", "Open", "false", "0.2")];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Settings of a server that reads from here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["HubSpot:AccessToken"] = "pat-test-0001",
        ["HubSpot:PortalId"] = PortalId.ToString(CultureInfo.InvariantCulture),
        ["HubSpot:ApiBaseUrl"] = Address.ToString().TrimEnd('/'),
        ["HubSpot:Api:CallsPerTenSeconds"] = "1000",
        ["HubSpot:Api:SearchesPerSecond"] = "100",
        ["HubSpot:Api:RetryBaseDelay"] = "00:00:00.01",
        ["HubSpot:Sync:ReadDelay"] = "00:00:00",
        ["HubSpot:Sync:LinkLag"] = "00:00:00",
        ["HubSpot:Sync:MissingGrace"] = "00:00:00",
    };

    public static async Task<FakePortal> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var portal = new FakePortal(app);
        app.Run(portal.AnswerAsync);
        await app.StartAsync();
        return portal;
    }

    /// <summary>Creates or changes a record, one second after whatever happened before.</summary>
    public FakeRecord Put(string type, long id, params (string Name, string? Value)[] values)
    {
        lock (_lock)
        {
            _now = _now.AddSeconds(1);
            if (!_records.TryGetValue((type, id), out var record))
                _records[(type, id)] = record = new FakeRecord(type, id) { CreatedAt = _now };
            foreach (var (name, value) in values)
                record.Properties[name] = value;
            record.UpdatedAt = _now;
            return record;
        }
    }

    public void Archive(string type, long id)
    {
        var record = Put(type, id);
        record.ArchivedAt = record.UpdatedAt;
    }

    public void Merge(string type, long into, long merged)
    {
        Put(type, into, ("hs_merged_object_ids", merged.ToString(CultureInfo.InvariantCulture)));
        Put(type, merged).MergedInto = into;
    }

    public void Erase(string type, long id)
    {
        lock (_lock)
            _records.Remove((type, id));
    }

    public void Link(long deal, long contact)
    {
        Put("deals", deal);
        lock (_lock)
            _links.Add((deal, contact));
    }

    public void Unlink(long deal, long contact)
    {
        Put("deals", deal);
        lock (_lock)
            _links.Remove((deal, contact));
    }

    public int CallsOf(string part) => Calls.Count(call => call.Contains(part, StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var call = $"{context.Request.Method} {path}{context.Request.QueryString}";
        Calls.Enqueue(call);
        if (await OnCall(call) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        var body = HttpMethods.IsPost(context.Request.Method) ? (await JsonDocument.ParseAsync(context.Request.Body)).RootElement : default;
        object? answer;
        lock (_lock)
            answer = Answer(path.Trim('/').Split('/'), context.Request.Query, body);
        context.Response.StatusCode = answer is null ? 404 : answer is FakePages.TooMany ? 400 : 200;
        await context.Response.WriteAsJsonAsync(answer is null or FakePages.TooMany ? new { status = "error" } : answer);
    }

    private object? Answer(string[] path, IQueryCollection query, JsonElement body) => path switch
    {
        ["crm", "v3", "objects", var type, "batch", "read"] => Batch(type, query, body),
        ["crm", "v3", "objects", var type, "search"] => FakePages.Search(_records.Values.Where(one => one.Type == type && one.IsLive), type, body),
        ["crm", "v3", "objects", var type] => FakePages.List(
            _records.Values.Where(one => one.Type == type && one.MergedInto is null && one.ArchivedAt is not null == IsArchived(query)), query),
        ["crm", "v3", "objects", var type, var id] => Single(type, long.Parse(id, CultureInfo.InvariantCulture), query),
        ["crm", "v4", "associations", var from, _, "batch", "read"] => Links(from, body),
        ["crm", "v3", "pipelines", ..] => FakeMetadata.Pipelines(Stages),
        ["crm", "v3", "properties", var type] => FakeMetadata.Properties(type),
        ["crm", "v3", "owners"] => FakeMetadata.Owners(IsArchived(query)),
        _ => null,
    };

    private object Batch(string type, IQueryCollection query, JsonElement body)
    {
        var found = Ids(body).Select(id => _records.GetValueOrDefault((type, id)))
            .Where(one => one is { MergedInto: null } && one.ArchivedAt is not null == IsArchived(query))
            .Select(one => one!.ToJson());
        return new { status = "COMPLETE", results = found.ToList() };
    }

    private object? Single(string type, long id, IQueryCollection query)
    {
        var record = _records.GetValueOrDefault((type, id));
        while (record?.MergedInto is { } survivor)
            record = _records[(type, survivor)];
        return record is not null && record.ArchivedAt is not null == IsArchived(query) ? record.ToJson() : null;
    }

    private object Links(string from, JsonElement body) => new
    {
        results = Ids(body).Select(id => new
        {
            from = new { id = id.ToString(CultureInfo.InvariantCulture) },
            to = _links.Where(link => (from == "deals" ? link.Deal : link.Contact) == id)
                .Select(link => from == "deals" ? ("contacts", link.Contact) : ("deals", link.Deal))
                .Where(other => _records.TryGetValue(other, out var one) && one.IsLive)
                .Select(other => new { toObjectId = other.Item2 }),
        }).ToList(),
    };

    private static IEnumerable<long> Ids(JsonElement body) =>
        body.GetProperty("inputs").EnumerateArray().Select(input => long.Parse(input.GetProperty("id").GetString()!, CultureInfo.InvariantCulture));

    private static bool IsArchived(IQueryCollection query) => query["archived"] == "true";
}
