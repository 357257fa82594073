using System.Buffers;
using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using GraphQL.Transport;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Benchmarks;

/// <summary>A page of 50 contacts as JSON: from a GraphQL document, and from the least code that gives the same bytes.</summary>
public class QueryBenchmarks
{
    private const int Bytes = 7383;
    private const string Query =
        "{ contacts(first: 50, order: [{ createdAt: DESC }]) { nodes { email firstName lastName company createdAt } } }";

    private const string Sql = """
        SELECT email, first_name, last_name, company, created_at FROM contacts
        WHERE archived_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 50
        """;

    private static readonly ClaimsPrincipal _reader = new(new CallerIdentity(
        CallerKind.ApiKey, "key:bench", "bench", Scopes.ContactsRead | Scopes.ContactsReadPersonal, CallerCredential.Setting));

    private readonly ArrayBufferWriter<byte> _json = new();
    private BenchServer _server = null!;
    private GraphQLExecutor _executor = null!;
    private ResultJson _resultJson = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await BenchServer.CreateAsync();
        _executor = _server.Services.GetRequiredService<GraphQLExecutor>();
        _resultJson = _server.Services.GetRequiredService<ResultJson>();
    }

    [GlobalCleanup]
    public Task StopAsync() => _server.DisposeAsync().AsTask();

    [Benchmark(Baseline = true), Answers(Bytes)]
    public async Task<int> AdoNet()
    {
        await using var connection = new SqliteConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await using var rows = await command.ExecuteReaderAsync();

        _json.ResetWrittenCount();
        await using var writer = new Utf8JsonWriter(_json);
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        writer.WriteStartObject("contacts");
        writer.WriteStartArray("nodes");
        while (await rows.ReadAsync())
        {
            writer.WriteStartObject();
            writer.WriteString("email", rows.GetString(0));
            writer.WriteString("firstName", rows.GetString(1));
            writer.WriteString("lastName", rows.GetString(2));
            writer.WriteString("company", rows.GetString(3));
            writer.WriteString("createdAt", rows.GetDateTime(4).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync();
        return _json.WrittenCount;
    }

    [Benchmark, Answers(Bytes)]
    public async Task<int> GraphQL()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var caller = new OperationCaller(scope.ServiceProvider, _reader);
        var result = await _executor.ExecuteAsync(new GraphQLRequest { Query = Query }, caller, OperationKinds.Query, CancellationToken.None);
        _json.ResetWrittenCount();
        return _resultJson.Write(_json, result);
    }
}
