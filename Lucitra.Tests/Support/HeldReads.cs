using System.Data.Common;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Support;

/// <summary>Holds up a server's reads of contacts by key, those of fields, from a moment on until it is told to let them go.</summary>
internal sealed class HeldReads : DbCommandInterceptor
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _holds;

    /// <summary>Ends when a read is held up.</summary>
    public Task Reached => _reached.Task;

    public void Attach(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureDbContext<SqliteDbContext>(db => db.AddInterceptors(this));
        builder.Services.ConfigureDbContext<PostgresDbContext>(db => db.AddInterceptors(this));
    }

    public void Hold() => _holds = true;

    public void Release() => _released.SetResult();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var text = command.CommandText.Replace("\"", "", StringComparison.Ordinal);
        if (_holds && text.Contains("FROM contacts ", StringComparison.Ordinal) && !text.Contains("properties", StringComparison.Ordinal) && text.Contains("first_name", StringComparison.Ordinal))
        {
            _reached.TrySetResult();
            await _released.Task.WaitAsync(cancellationToken);
        }

        return result;
    }
}
