using System.Globalization;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// How many events a second the receiver acknowledges, beside the raw endpoint, in turns: signature and outline checked, body
/// durable. The worker is another process in production and does not run here.
/// </summary>
internal sealed class AcknowledgeBench(string server, IngestOptions options)
{
    private const int WarmUpRequests = 3_000;
    private const long MaxBytes = 400_000_000;

    private readonly ImportEvents _events = new(600_000_000_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    public async Task<List<AcknowledgeRound>> RunAsync()
    {
        await using var lucitra = await Receiver.StartLucitraAsync(server, options, "Webhooks");
        await using var raw = await Receiver.StartRawAsync(server, options);
        Receiver[] receivers = [lucitra, raw];
        var postgres = await CpuTime.PostgresAsync(server);
        var results = new List<AcknowledgeRound>();
        foreach (var batch in options.Batches)
        {
            foreach (var receiver in receivers)
                await MeasureAsync(receiver, postgres, batch, WarmUpRequests);
            var requests = Fitting(batch, (await MeasureAsync(raw, postgres, batch, WarmUpRequests)).RequestsPerSecond);
            for (var round = 0; round < options.Rounds; round++)
            {
                var measured = new Dictionary<Receiver, Acknowledged>();
                foreach (var receiver in round % 2 == 0 ? receivers : [raw, lucitra])
                    measured[receiver] = await MeasureAsync(receiver, postgres, batch, requests);
                results.Add(new AcknowledgeRound(batch, round, measured[lucitra], measured[raw]));
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

    private async Task<Acknowledged> MeasureAsync(Receiver receiver, int? postgres, int batch, int requests)
    {
        var signed = SignedRequests.Make(_events, requests, batch, TimeProvider.System.GetUtcNow());
        await receiver.EmptyAsync();

        // Each begins with the same work left to do by the database.
        await receiver.Database.ExecuteAsync("CHECKPOINT");
        GC.Collect();

        var (serverBefore, postgresBefore) = (receiver.CpuTime, CpuOf(postgres));
        var time = await new Sender(receiver.Port, options.Connections, TimeSpan.Zero).SendAsync(signed);
        var (serverAfter, postgresAfter) = (receiver.CpuTime, CpuOf(postgres));
        if (await receiver.CountAsync() is var kept && kept != requests)
            throw new BenchFailure(string.Create(CultureInfo.InvariantCulture, $"{receiver.Name} acknowledged {requests} requests and kept {kept}."));
        return new Acknowledged(requests, requests * batch, time.TotalSeconds, serverAfter - serverBefore, postgresAfter - postgresBefore);
    }

    private static double? CpuOf(int? process) => process is { } id ? CpuTime.OfTree(id) : null;
}
