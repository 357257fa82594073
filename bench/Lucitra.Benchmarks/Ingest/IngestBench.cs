namespace Lucitra.Benchmarks.Ingest;

/// <summary><c>bench ingest</c>: how fast webhooks are acknowledged, and how fast they are applied.</summary>
internal static class IngestBench
{
    private const string Server = "LUCITRA_BENCH_POSTGRES";

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["bare", var connection, var port])
        {
            await BareInbox.RunAsync(connection, port);
            return 0;
        }

        if (Environment.GetEnvironmentVariable(Server) is not { Length: > 0 } server)
        {
            await Console.Error.WriteLineAsync($"{Server} is not set: './build.sh bench ingest' starts a server of its own and sets it.");
            return 1;
        }

        var options = IngestOptions.Parse(arguments);
        var acknowledged = options.Acknowledges ? await new AcknowledgeBench(server, BenchPaths.Results, options).RunAsync() : [];
        var imports = options.Imports ? await new ImportBench(server, BenchPaths.Results, options).RunAsync() : [];
        IngestReport.Print(acknowledged);
        IngestReport.Print(imports);
        await IngestReport.WriteAsync(acknowledged, imports);
        return 0;
    }
}
