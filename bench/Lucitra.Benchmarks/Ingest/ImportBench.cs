using System.Diagnostics;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// An import of contacts as HubSpot tells it: ten requests under way at a time, each with a hundred events, while the same
/// process applies them. Every request is as long on its way as one from HubSpot, or goes at once to see where the end is.
/// </summary>
internal sealed class ImportBench(string server, IngestOptions options)
{
    private const int EventsPerRequest = 100;
    private const int WarmUpRequests = 300;

    // HubSpot's limit for an account.
    private const int Connections = 10;

    private const long FirstContact = 600_000_000_000;
    private const long FirstOfWarmUp = 500_000_000_000;

    private const string Settled = "SELECT count(*) FROM webhook_events WHERE status <> 'RECEIVED'";
    private const string WholeContacts = "SELECT count(*) FROM contacts WHERE hubspot_id >= '600000000000' AND email IS NOT NULL AND lead_status IS NOT NULL AND properties ->> 'city' IS NOT NULL";
    private const string Waiting = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0)::float8 FROM queued_messages";

    private const string Statements = """
        SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
        WHERE datname = current_database() AND query NOT LIKE '%clock_timestamp() - min(received_at)%'
        """;

    private const string Costliest = """
        SELECT calls, total_exec_time, left(regexp_replace(query, '\s+', ' ', 'g'), 90) FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
        WHERE datname = current_database() ORDER BY total_exec_time DESC LIMIT 8
        """;

    private static readonly TimeSpan _sampling = TimeSpan.FromMilliseconds(200);

    public async Task<List<ImportResult>> RunAsync()
    {
        // The last request is a full one.
        var events = options.Contacts * ImportEvents.EventsPerContact / EventsPerRequest * EventsPerRequest;
        return [await RunAsync(events, options.Way), await RunAsync(events, TimeSpan.Zero)];
    }

    private async Task<ImportResult> RunAsync(int events, TimeSpan way)
    {
        await using var lucitra = await Receiver.StartLucitraAsync(server, options, "Api,Webhooks,Worker");
        await WarmUpAsync(lucitra);
        var postgres = await CpuTime.PostgresAsync(server);
        var counts = await CountStatementsAsync(lucitra.Database);
        var requests = Requests(FirstContact, events / EventsPerRequest);
        var settled = await lucitra.Database.ReadAsync<long>(Settled);

        var (serverBefore, postgresBefore) = (lucitra.CpuTime, CpuOf(postgres));
        var sender = new Sender(lucitra.Port, Connections, way);
        var (acknowledging, applying, samples) = await FollowAsync(lucitra, sender, requests);
        var (serverAfter, postgresAfter) = (lucitra.CpuTime, CpuOf(postgres));

        var statements = counts ? await lucitra.Database.ReadAsync<long>(Statements) : (long?)null;
        var costliest = counts ? (await lucitra.Database.ReadAsync(Costliest)).ConvertAll(row => new StatementCost((long)row[0], (double)row[1], (string)row[2])) : [];
        await CheckAsync(lucitra.Database, settled, events);
        return new ImportResult(way.TotalSeconds, events, acknowledging, applying, samples, serverAfter - serverBefore, postgresAfter - postgresBefore, statements, costliest);
    }

    private static async Task<(double Acknowledging, double Applying, List<ImportSample> Samples)> FollowAsync(Receiver lucitra, Sender sender, List<byte[]> requests)
    {
        var start = Stopwatch.GetTimestamp();
        var sending = sender.SendAsync(requests);
        var samples = new List<ImportSample>();
        double? acknowledging = null;
        do
        {
            await Task.Delay(_sampling, TimeProvider.System);
            var row = (await lucitra.Database.ReadAsync(Waiting))[0];
            var (answered, waiting) = (sender.Answered, (long)row[0]);
            samples.Add(new ImportSample(Stopwatch.GetElapsedTime(start).TotalSeconds, answered * EventsPerRequest, Math.Max(0, answered - waiting) * EventsPerRequest, (double)row[1]));
            acknowledging ??= sending.IsCompleted ? (await sending).TotalSeconds : null;
        }
        while (acknowledging is null || samples[^1].Applied < (long)requests.Count * EventsPerRequest);

        return (acknowledging.Value, samples[^1].At, samples);
    }

    // Other records than those of the import, so that nothing is there before it.
    private static async Task WarmUpAsync(Receiver lucitra)
    {
        await new Sender(lucitra.Port, Connections, TimeSpan.Zero).SendAsync(Requests(FirstOfWarmUp, WarmUpRequests));
        while (await lucitra.CountAsync() > 0)
            await Task.Delay(_sampling, TimeProvider.System);
        await lucitra.Database.ExecuteAsync("VACUUM ANALYZE");
        await lucitra.Database.ExecuteAsync("CHECKPOINT");
    }

    private static List<byte[]> Requests(long firstContact, int requests)
    {
        var now = TimeProvider.System.GetUtcNow();
        return SignedRequests.Make(new ImportEvents(firstContact, now.ToUnixTimeMilliseconds()), requests, EventsPerRequest, now);
    }

    // The extension is loaded by the server that build.sh starts; another server may be without it.
    private static async Task<bool> CountStatementsAsync(InboxDatabase database)
    {
        if (!await database.ReadAsync<bool>("SELECT current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%'"))
            return false;
        await database.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await database.ReadAsync("SELECT pg_stat_statements_reset()::text");
        return true;
    }

    private async Task CheckAsync(InboxDatabase database, long settledBefore, int events)
    {
        var settled = await database.ReadAsync<long>(Settled) - settledBefore;
        var contacts = await database.ReadAsync<long>(WholeContacts);
        if (settled != events || contacts < (events / ImportEvents.EventsPerContact) - 1)
            throw new BenchFailure($"Of {events} events {settled} were settled, and {contacts} of {options.Contacts} contacts are whole.");
    }

    private static double? CpuOf(int? process) => process is { } id ? CpuTime.OfTree(id) : null;
}
