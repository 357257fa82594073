using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// How many events a second the receiver acknowledges, beside the bare endpoint, in turns: signature and outline checked, body
/// durable. The worker is another process in production and does not run here.
/// </summary>
internal sealed class AcknowledgeBench(string server, string folder, IngestOptions options)
{
    private const int WarmUpRequests = 3_000;
    private const long MaxBytes = 400_000_000;

    private readonly ImportEvents _events = new(600_000_000_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    public async Task<List<AcknowledgeResult>> RunAsync()
    {
        await using var lucitra = await InboxPeer.StartLucitraAsync(server, folder, "Webhooks");
        await using var bare = await InboxPeer.StartBareAsync(server, folder);
        InboxPeer[] peers = [lucitra, bare];
        var postgres = await PostgresProcessAsync(lucitra.Database);
        var results = new List<AcknowledgeResult>();
        foreach (var batch in options.Batches)
        {
            foreach (var peer in peers)
                await MeasureAsync(peer, postgres, batch, WarmUpRequests);
            var requests = Fitting(batch, (await MeasureAsync(bare, postgres, batch, WarmUpRequests)).RequestsPerSecond);
            for (var round = 0; round < options.Rounds; round++)
            {
                var measured = new Dictionary<InboxPeer, Acknowledged>();
                foreach (var peer in round % 2 == 0 ? peers : [bare, lucitra])
                    measured[peer] = await MeasureAsync(peer, postgres, batch, requests);
                results.Add(new AcknowledgeResult(batch, round, measured[lucitra], measured[bare]));
                Console.WriteLine(results[^1].Line());
            }
        }

        return results;
    }

    // As many as the limit takes in the time that a measurement shall last, and as memory holds.
    private int Fitting(int batch, double requestsPerSecond)
    {
        var bytes = SignedRequests.Make(_events, 1, batch, TimeProvider.System.GetUtcNow())[0].LongLength;
        return (int)Math.Min(requestsPerSecond * options.Seconds, MaxBytes / bytes);
    }

    private async Task<Acknowledged> MeasureAsync(InboxPeer peer, int? postgres, int batch, int requests)
    {
        var signed = SignedRequests.Make(_events, requests, batch, TimeProvider.System.GetUtcNow());
        await peer.EmptyAsync();

        // Each begins with the same work left to do by the database.
        await peer.Database.ExecuteAsync("CHECKPOINT");
        GC.Collect();

        var (serverBefore, postgresBefore) = Spent(peer, postgres);
        var time = await new Sender(peer.Port, options.Connections, TimeSpan.Zero).SendAsync(signed);
        var (serverAfter, postgresAfter) = Spent(peer, postgres);
        if (await peer.CountAsync() is var kept && kept != requests)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{peer.Name} acknowledged {requests} requests and kept {kept}."));
        return new Acknowledged(requests, requests * batch, time, serverAfter - serverBefore, postgresAfter - postgresBefore);
    }

    private static (TimeSpan Server, TimeSpan? Postgres) Spent(InboxPeer peer, int? postgres) =>
        (ProcessorTime.Of(peer.ProcessId), postgres is { } parent ? ProcessorTime.OfFamily(parent) : null);

    // A server on another machine has no such process here.
    private static async Task<int?> PostgresProcessAsync(BenchDatabase database) =>
        ProcessorTime.ParentOf(await database.ReadAsync<int>("SELECT pg_backend_pid()")) is > 1 and var parent ? parent : null;
}
