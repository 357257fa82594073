using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>
/// The sessions of PostgreSQL, of which there are no more than the connection string allows. A plan that was made for any value is
/// a bad one for most, of a rare stage or of a short page, so each execution is planned for its values. Where the API
/// is served, half of the sessions are for statements that have one best plan, and plan each of them once.
/// </summary>
internal sealed class PostgresSessions : IAsyncDisposable
{
    // With fewer sessions, each one serves every statement.
    private const int FewestToDivide = 8;

    private PostgresSessions(NpgsqlDataSource all, NpgsqlDataSource settled, bool isOneServer) => (All, Settled, IsOneServer) = (all, settled, isOneServer);

    /// <summary>Sessions for every statement.</summary>
    public NpgsqlDataSource All { get; }

    /// <summary>Sessions for statements whose plan does not depend on their values.</summary>
    public NpgsqlDataSource Settled { get; }

    /// <summary>Whether all sessions are with the same server.</summary>
    public bool IsOneServer { get; }

    /// <param name="configured">The connection string.</param>
    /// <param name="options">What it does not say.</param>
    /// <param name="servesApi">Whether such statements come.</param>
    public static PostgresSessions Open(string configured, DatabaseOptions options, bool servesApi)
    {
        var all = new NpgsqlConnectionStringBuilder(configured);
        if (!all.ShouldSerialize("Max Auto Prepare"))
            all.MaxAutoPrepare = options.MaxPreparedStatements;

        // Nothing leaves a session otherwise than it was, and to reset it costs as much as a short statement.
        if (!all.ShouldSerialize("No Reset On Close"))
            all.NoResetOnClose = true;
        if (all.MaxAutoPrepare == 0 || all.ShouldSerialize("Options"))
            return Open(all, all);

        all.Options = PlansOf("force_custom_plan");
        if (!servesApi || all.MaxPoolSize < FewestToDivide)
            return Open(all, all);
        var settled = new NpgsqlConnectionStringBuilder(all.ConnectionString) { Options = PlansOf("force_generic_plan"), MaxPoolSize = all.MaxPoolSize / 2, MinPoolSize = 0 };
        all.MaxPoolSize -= settled.MaxPoolSize;
        all.MinPoolSize = Math.Min(all.MinPoolSize, all.MaxPoolSize);
        return Open(all, settled);
    }

    public async ValueTask DisposeAsync()
    {
        await Settled.DisposeAsync();
        await All.DisposeAsync();
    }

    private static PostgresSessions Open(NpgsqlConnectionStringBuilder all, NpgsqlConnectionStringBuilder settled)
    {
        var source = NpgsqlDataSource.Create(all);
        var isOneServer = all.Host?.Contains(',', StringComparison.Ordinal) != true;
        return new PostgresSessions(source, settled == all ? source : NpgsqlDataSource.Create(settled), isOneServer);
    }

    private static string PlansOf(string mode) => $"-c plan_cache_mode={mode}";
}
