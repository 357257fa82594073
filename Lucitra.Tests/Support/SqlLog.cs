using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Support;

/// <summary>
/// Remembers the statements that a server runs on the tables of records; the worker's and the feed's are left out. What goes to
/// PostgreSQL in one round trip counts once.
/// </summary>
internal sealed class SqlLog : DbCommandInterceptor
{
    private static readonly string[] _tables = ["contacts", "deals", "deal_stages", "pipelines"];

    private readonly ConcurrentQueue<string> _statements = new();

    public void Attach(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureDbContext<SqliteDbContext>(db => db.AddInterceptors(this));
        if (builder.Configuration["Database:Provider"] == TestDatabase.Postgres)
            Listen(new NpgsqlConnectionStringBuilder(builder.Configuration["ConnectionStrings:Lucitra"]).Database!);
    }

    /// <summary>The statements that ran meanwhile.</summary>
    public async Task<IReadOnlyList<string>> DuringAsync(Func<Task> action)
    {
        _statements.Clear();
        await action();
        return [.. _statements];
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Remember(command.CommandText);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    // Not every statement goes through EF.
    private void Listen(string database) => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == "Npgsql",
        Sample = (ref _) => ActivitySamplingResult.AllData,
        ActivityStopped = activity =>
        {
            if ((string?)activity.GetTagItem("db.namespace") == database && activity.GetTagItem("db.query.text") is string text)
                Remember(text);
        },
    });

    private void Remember(string statement)
    {
        var text = statement.Replace("\"", "", StringComparison.Ordinal);
        if (_tables.Any(table => text.Contains($"FROM {table} ", StringComparison.Ordinal)))
            _statements.Enqueue(text);
    }
}
