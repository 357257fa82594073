using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// The limit: takes a body, puts it into one row with one prepared statement, and answers 204. Nothing is checked, logged or
/// announced.
/// </summary>
internal static class BareInbox
{
    public const string Table = "CREATE TABLE bare_inbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, received_at timestamptz NOT NULL DEFAULT now(), body bytea NOT NULL)";

    private const string Insert = "INSERT INTO bare_inbox (body) VALUES ($1)";

    public static async Task RunAsync(string connection, string port)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 1, AutoPrepareMinUsages = 1 });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        await using var app = builder.Build();
        app.MapGet("/health/live", () => TypedResults.Ok());
        app.MapPost("/webhook", async (HttpContext context) =>
        {
            var body = new byte[(int)context.Request.ContentLength!];
            await context.Request.Body.ReadExactlyAsync(body);
            await using var command = database.CreateCommand(Insert);
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body });
            await command.ExecuteNonQueryAsync();
            return TypedResults.NoContent();
        });
        await app.RunAsync();
    }
}
