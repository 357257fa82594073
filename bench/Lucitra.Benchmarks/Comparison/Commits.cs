using Npgsql;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Commits 200 transactions a second, as where webhooks come in, that change nothing: pages and totals stay what they are.</summary>
internal sealed class Commits : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnection _connection;
    private Task _work = Task.CompletedTask;

    private Commits(NpgsqlConnection connection) => _connection = connection;

    public static async Task<Commits> StartAsync(string connectionString)
    {
        var commits = new Commits(new NpgsqlConnection(connectionString));
        await commits._connection.OpenAsync();
        commits._work = commits.RunAsync();
        return commits;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_current_xact_id()", _connection);
        await command.PrepareAsync();
        using var timer = new PeriodicTimer(_pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
                await command.ExecuteNonQueryAsync();
        }
        catch (OperationCanceledException)
        {
            // The turn is over.
        }
    }
}
