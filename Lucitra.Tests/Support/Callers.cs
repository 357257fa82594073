using System.Buffers;
using System.Security.Claims;
using System.Text.Json;
using GraphQL.Transport;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Support;

/// <summary>Runs operations as callers with given scopes, without the way over HTTP.</summary>
internal static class Callers
{
    public static ClaimsPrincipal With(Scopes scopes) => new(new CallerIdentity(CallerKind.ApiKey, "key:test", "test", scopes, CallerCredential.Setting));

    public static ClaimsPrincipal Nobody => new(new ClaimsIdentity());

    /// <summary>The whole answer, as a client reads it.</summary>
    public static async Task<JsonElement> ExecuteAsync(this LucitraApp app, ClaimsPrincipal caller, string query)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var result = await app.Services.GetRequiredService<GraphQLExecutor>().ExecuteAsync(
            new GraphQLRequest { Query = query }, new OperationCaller(scope.ServiceProvider, caller), OperationKinds.QueryOrMutation, CancellationToken.None);
        var json = new ArrayBufferWriter<byte>();
        app.Services.GetRequiredService<ResultJson>().Write(json, result);
        return JsonElement.Parse(json.WrittenSpan);
    }
}
