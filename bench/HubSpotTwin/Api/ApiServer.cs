using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Twin.Api;

/// <summary>The CRM API over HTTP.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private static readonly string[] _tokenPaths = ["/oauth/v1/token", "/oauth/v3/token", "/oauth/{version}/token"];

    private readonly WebApplication _app;
    private readonly ApiPipeline _pipeline;

    public ApiServer(TwinOptions options, TwinClock clock, TwinState state, TwinFaults faults, TwinCalls calls)
    {
        _pipeline = new ApiPipeline(options, clock, state, faults, calls);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        foreach (var objects in new[] { "/crm/v3/objects/{type}", "/crm/objects/{version}/{type}" })
            MapObjects(objects);
        MapAssociations();
        MapAccount();
        foreach (var path in _tokenPaths)
            _app.MapPost(path, _pipeline.RefreshAsync);
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void MapObjects(string objects)
    {
        Map("GET", objects, "list objects", ObjectCalls.List);
        Map("POST", objects, "create object", ObjectCalls.Create);
        Map("POST", $"{objects}/search", "search objects", SearchCalls.Search);
        Map("POST", $"{objects}/merge", "merge objects", ObjectCalls.Merge);
        Map("POST", $"{objects}/gdpr-delete", "erase object", ObjectCalls.PrivacyDelete);
        Map("POST", $"{objects}/batch/read", "read batch", BatchCalls.Read);
        Map("POST", $"{objects}/batch/create", "create batch", BatchCalls.Create);
        Map("POST", $"{objects}/batch/update", "update batch", BatchCalls.Update);
        Map("POST", $"{objects}/batch/upsert", "upsert batch", BatchCalls.Upsert);
        Map("POST", $"{objects}/batch/archive", "archive batch", BatchCalls.Archive);
        Map("GET", $"{objects}/{{id}}", "get object", ObjectCalls.Get);
        Map("PATCH", $"{objects}/{{id}}", "update object", ObjectCalls.Update);
        Map("DELETE", $"{objects}/{{id}}", "archive object", ObjectCalls.Delete);
    }

    private void MapAssociations()
    {
        const string Links = "/crm/v4/objects/{from}/{id}/associations";
        Map("GET", $"{Links}/{{to}}", "get associations", AssociationCalls.Get);
        Map("POST", "/crm/v4/associations/{from}/{to}/batch/read", "read associations", AssociationCalls.Read);
        Map("PUT", $"{Links}/default/{{to}}/{{toId}}", "associate", AssociationCalls.Link);
        Map("DELETE", $"{Links}/{{to}}/{{toId}}", "dissociate", AssociationCalls.Unlink);
    }

    private void MapAccount()
    {
        Map("GET", "/account-info/v3/details", "get account", AccountCalls.Details);
        foreach (var (first, second) in new[] { ("v3/", ""), ("", "/{version}") })
        {
            Map("GET", $"/crm/{first}pipelines{second}/{{type}}", "get pipelines", AccountCalls.Pipelines);
            Map("GET", $"/crm/{first}owners{second}", "get owners", AccountCalls.Owners);
            Map("GET", $"/crm/{first}properties{second}/{{type}}", "get properties", AccountCalls.Properties);
            Map("GET", $"/crm/{first}properties{second}/{{type}}/{{name}}", "get property", AccountCalls.Property);
        }
    }

    private void Map(string method, string path, string operation, Func<ApiCall, ApiAnswer> handle) =>
        _app.MapMethods(path, [method], (RequestDelegate)(http => _pipeline.RunAsync(http, operation, handle)));
}
