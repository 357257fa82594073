using BenchmarkDotNet.Attributes;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Benchmarks;

/// <summary>What a document costs before it runs: the first time, and once it is known.</summary>
public class DocumentBenchmarks
{
    private const string Text = """
        query Contacts($after: String) {
          contacts(first: 20, after: $after, where: { lifecycleStage: { eq: "lead" } }, order: [{ createdAt: DESC }]) {
            nodes { id email firstName lastName deals(first: 5) { nodes { name amount stage { label pipeline { label } } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private readonly DocumentValidator _validator = new();
    private BenchServer _server = null!;
    private ISchema _schema = null!;
    private DocumentScreen _screen = null!;
    private DocumentCache _cache = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _server = await BenchServer.CreateAsync();
        _schema = _server.Services.GetRequiredService<ISchema>();
        _schema.Initialize();
        _screen = _server.Services.GetRequiredService<DocumentScreen>();
        _cache = _server.Services.GetRequiredService<DocumentCache>();
        _screen.Screen(Text, out var document);
        _cache.Add(document!);
    }

    [GlobalCleanup]
    public Task StopAsync() => _server.DisposeAsync().AsTask();

    [Benchmark(Baseline = true), Answers(1)]
    public async Task<int> ScreenAndValidate()
    {
        if (_screen.Screen(Text, out var document) is not null)
            return 0;

        var result = await _validator.ValidateAsync(new ValidationOptions
        {
            Document = document!.Document,
            Schema = _schema,
            Operation = document.Document.Definitions.OfType<GraphQLParser.AST.GraphQLOperationDefinition>().Single(),
            Variables = Inputs.Empty,
            RequestServices = _server.Services,
        });
        return result.IsValid ? 1 : 0;
    }

    [Benchmark, Answers(1)]
    public int ScreenOnly() => _screen.Screen(Text, out _) is null ? 1 : 0;

    [Benchmark, Answers(1)]
    public int CacheHit() => _cache.Find(Text) is null ? 0 : 1;
}
