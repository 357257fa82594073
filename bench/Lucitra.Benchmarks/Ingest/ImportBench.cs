using System.Diagnostics;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// An import of contacts as HubSpot tells it: ten requests under way at a time, each with a hundred events, while the same
/// process applies them. Every request is as long on its way as one from HubSpot, or goes at once to see where the end is.
/// </summary>
internal sealed class ImportBench(string server, string folder, IngestOptions options)
{
    private const int EventsPerRequest = 100;

    private const int WarmUpRequests = 300;

    // HubSpot's limit for an account.
    private const int Connections = 10;

    private const string Settled = "SELECT count(*) FROM webhook_events WHERE status <> 'RECEIVED'";
    private const string WholeContacts = "SELECT count(*) FROM contacts WHERE email LIKE 'c%@bulk.example' AND lead_status IS NOT NULL AND properties ->> 'city' IS NOT NULL";
    private const string Waiting = "SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(received_at)), 0)::float8 FROM queued_messages";

    private const string Statements = """
        SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
        WHERE datname = current_database() AND query NOT LIKE '%clock_timestamp() - min(received_at)%'
        """;

    private const string Costliest = """
        SELECT calls, total_exec_time, left(regexp_replace(query, '\s+', ' ', 'g'), 90) FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
        WHERE datname = current_database() ORDER BY total_exec_time DESC LIMIT 8
        """;

    private static readonly TimeSpan _sampling = TimeSpan.FromMilliseconds(100);

    public async Task<List<ImportResult>> RunAsync()
    {
        // The last contact ends with the last request.
        var events = options.Contacts * ImportEvents.EventsPerContact / EventsPerRequest * EventsPerRequest;
        return [await RunAsync(events, options.Delay), await RunAsync(events, TimeSpan.Zero)];
    }

    private async Task<ImportResult> RunAsync(int events, TimeSpan delay)
    {
        await using var lucitra = await InboxPeer.StartLucitraAsync(server, folder, "Api,Webhooks,Worker");
        var told = new ImportEvents(600_000_000_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await WarmUpAsync(lucitra);
        var counts = await CountStatementsAsync(lucitra.Database);
        var requests = SignedRequests.Make(told, events / EventsPerRequest, EventsPerRequest, TimeProvider.System.GetUtcNow());
        var settledBefore = await lucitra.Database.ReadAsync<long>(Settled);

        var (cpu, start) = (ProcessorTime.Of(lucitra.ProcessId), Stopwatch.GetTimestamp());
        var sender = new Sender(lucitra.Port, Connections, delay);
        var sending = sender.SendAsync(requests);
        var samples = new List<ImportSample>();
        TimeSpan? acknowledged = null;
        do
        {
            await Task.Delay(_sampling);
            var row = (await lucitra.Database.ReadAsync(Waiting))[0];
            var (answered, waiting) = (sender.Answered, (long)row[0]);
            samples.Add(new ImportSample(Stopwatch.GetElapsedTime(start), answered * EventsPerRequest, Math.Max(0, answered - waiting) * EventsPerRequest, TimeSpan.FromSeconds((double)row[1])));
            acknowledged ??= sending.IsCompleted ? await sending : null;
        }
        while (acknowledged is null || samples[^1].Applied < events);

        var drained = Stopwatch.GetElapsedTime(start);
        var spent = ProcessorTime.Of(lucitra.ProcessId) - cpu;
        var statements = counts ? await lucitra.Database.ReadAsync<long>(Statements) : (long?)null;
        var costliest = counts ? (await lucitra.Database.ReadAsync(Costliest)).ConvertAll(row => new StatementCost((long)row[0], (double)row[1], (string)row[2])) : [];
        await CheckAsync(lucitra.Database, settledBefore, events);
        return new ImportResult(delay, events, acknowledged.Value, drained, samples, spent, statements, costliest);
    }

    // Other records than those of the import, so that nothing is there before it.
    private static async Task WarmUpAsync(InboxPeer lucitra)
    {
        var others = new ImportEvents(500_000_000_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await new Sender(lucitra.Port, Connections, TimeSpan.Zero).SendAsync(
            SignedRequests.Make(others, WarmUpRequests, EventsPerRequest, TimeProvider.System.GetUtcNow()));
        while (await lucitra.CountAsync() > 0)
            await Task.Delay(_sampling);
        await lucitra.Database.ExecuteAsync("VACUUM ANALYZE");
        await lucitra.Database.ExecuteAsync("CHECKPOINT");
    }

    // The extension is loaded by the server that build.sh starts; another server may be without it.
    private static async Task<bool> CountStatementsAsync(BenchDatabase database)
    {
        if (!await database.ReadAsync<bool>("SELECT current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%'"))
            return false;
        await database.ExecuteAsync("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await database.ReadAsync("SELECT pg_stat_statements_reset()::text");
        return true;
    }

    private async Task CheckAsync(BenchDatabase database, long settledBefore, int events)
    {
        var settled = await database.ReadAsync<long>(Settled) - settledBefore;
        var contacts = await database.ReadAsync<long>($"{WholeContacts} AND hubspot_id >= '600000000000'");
        if (settled != events || contacts < (events / ImportEvents.EventsPerContact) - 1)
            throw new InvalidOperationException($"Of {events} events {settled} were settled, and {contacts} of {options.Contacts} contacts are whole.");
    }
}
