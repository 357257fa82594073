using System.Collections.Concurrent;
using System.Data.Common;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Support;

/// <summary>Remembers the statements that a server runs on the tables of records; the worker's and the feed's are left out.</summary>
internal sealed class SqlLog : DbCommandInterceptor
{
    private static readonly string[] _tables = ["contacts", "deals", "deal_stages", "pipelines"];

    private readonly ConcurrentQueue<string> _statements = new();

    public void Attach(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureDbContext<SqliteDbContext>(db => db.AddInterceptors(this));
        builder.Services.ConfigureDbContext<PostgresDbContext>(db => db.AddInterceptors(this));
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
        var text = command.CommandText.Replace("\"", "", StringComparison.Ordinal);
        if (_tables.Any(table => text.Contains($"FROM {table} ", StringComparison.Ordinal)))
            _statements.Enqueue(text);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }
}
