using System.Text.Json;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>A database, the servers over it, and the cases with the contenders that take part.</summary>
internal sealed class Arena : IAsyncDisposable
{
    private readonly BenchDatabase _database;
    private readonly Dictionary<string, Peer> _peers = [];

    private Arena(BenchDatabase database, int rows) => (_database, Rows) = (database, rows);

    public string ConnectionString => _database.ConnectionString;

    /// <summary>How many contacts the database holds.</summary>
    public int Rows { get; }

    public IReadOnlyDictionary<string, Peer> Peers => _peers;

    public IReadOnlyList<Case> Cases { get; private set; } = [];

    /// <summary>The process that PostgreSQL's descend from; null when it runs elsewhere.</summary>
    public int? Postgres { get; private set; }

    public static async Task<Arena> OpenAsync(string server, int rows, ComparisonOptions options)
    {
        var arena = new Arena(await BenchDatabase.CreateAsync(server, rows, rows, options.Keep), rows);
        try
        {
            await arena.StartAsync(options);
            return arena;
        }
        catch
        {
            await arena.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values)
            await peer.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAsync(ComparisonOptions options)
    {
        var connection = ConnectionString;
        var logs = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(options.Output)!, "logs")).FullName;
        foreach (var name in options.Peers)
            _peers.Add(name, await Comparison.Peers.StartAsync(name, connection, options.Program, logs));
        Postgres = await CpuTime.PostgresAsync(connection);

        var samples = await Samples.ReadAsync(connection);
        var cursors = await PostGraphileCursorsAsync(samples);
        Cases =
        [
            .. Comparison.Cases.Of(samples, cursors)
                .Where(one => options.Cases.Contains(one.Name))
                .Select(one => one with { Contenders = [.. one.Contenders.Where(contender => _peers.ContainsKey(contender.Peer))] })
                .Where(one => one.Contenders.Count > 0),
        ];
    }

    private async Task<IReadOnlyList<string>> PostGraphileCursorsAsync(Samples samples)
    {
        if ((_peers.GetValueOrDefault(Comparison.Peers.PostGraphile) ?? _peers.GetValueOrDefault(Comparison.Peers.PostGraphileTwo)) is not { } peer)
            return [];

        var cursors = new List<string>();
        foreach (var row in samples.DeepRows)
        {
            using var answer = JsonDocument.Parse(await peer.AskAsync(Request.GraphQL(Documents.PostGraphile.CursorAt, new { offset = row.Number })));
            cursors.Add(answer.RootElement.GetProperty("data").GetProperty("contacts").GetProperty("pageInfo").GetProperty("endCursor").GetString()!);
        }

        return cursors;
    }
}
