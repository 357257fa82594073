using System.Globalization;
using Lucitra.Graph.Commands;
using Lucitra.Graph.Database;
using Lucitra.Graph.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Lucitra.Benchmarks;

/// <summary>A database on the server that <c>LUCITRA_BENCH_POSTGRES</c> names, filled by the program's own seed.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string Variable = "LUCITRA_BENCH_POSTGRES";
    private const int Patience = 600;

    private readonly string _server;
    private readonly string _name;
    private readonly bool _keep;

    private BenchDatabase(string server, string name, bool keep) => (_server, _name, _keep) = (server, name, keep);

    public string ConnectionString => ConnectionTo(_server, _name);

    /// <summary>The server's connection string; null, and a line on the error output, where none is set.</summary>
    public static string? Server()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server)
            return server;
        Console.Error.WriteLine($"{Variable} is not set: './build.sh bench' starts a server of its own and sets it.");
        return null;
    }

    public static string ConnectionTo(string server, string database) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, CommandTimeout = Patience }.ToString();

    /// <summary>Makes and fills a database, or takes one that was kept.</summary>
    /// <param name="server">The server.</param>
    /// <param name="contacts">How many contacts it gets.</param>
    /// <param name="deals">How many deals it gets.</param>
    /// <param name="keep">Whether it stays for another run, by the name that this one looks for.</param>
    public static async Task<BenchDatabase> CreateAsync(string server, int contacts, int deals, bool keep = false)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"lucitra_bench_{contacts}_{deals}{(keep ? "" : $"_{Environment.ProcessId}")}");
        var database = new BenchDatabase(server, name, keep);
        if (await ExistsAsync(server, name))
            return database;
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        try
        {
            await database.FillAsync(contacts, deals);
            return database;
        }
        catch
        {
            await database.DropAsync();
            throw;
        }
    }

    /// <summary>The services that reach a database.</summary>
    public static ServiceProvider Services(string connection)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Database:Provider"] = nameof(DatabaseProvider.Postgres), ["ConnectionStrings:Lucitra"] = connection })
            .Build();
        return new ServiceCollection().AddLogging().AddDatabase(configuration, Host.CreateEmptyApplicationBuilder(null).Environment).BuildServiceProvider();
    }

    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = Patience };
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _keep ? ValueTask.CompletedTask : new ValueTask(DropAsync());

    private static async Task<bool> ExistsAsync(string server, string name)
    {
        await using var open = new NpgsqlConnection(server);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", open) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task FillAsync(int contacts, int deals)
    {
        await using var services = Services(ConnectionString);
        await services.MigrateDatabaseAsync(CancellationToken.None);
        var contexts = services.GetRequiredService<IDbContextFactory<LucitraDbContext>>();
        var plan = new SeedPlan(contacts, deals, 1, TimeProvider.System.GetUtcNow().UtcDateTime);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contacts} contacts and {deals} deals:"));
        await SeedCommand.RunAsync(contexts, TimeProvider.System, plan, line => Console.WriteLine($"  {line}"), CancellationToken.None);

        // PostGraphile makes no keys.
        await ExecuteAsync(ConnectionString, "ALTER TABLE contacts ALTER COLUMN id SET DEFAULT gen_random_uuid()");
        await ExecuteAsync(ConnectionString, "VACUUM ANALYZE");
    }

    private async Task DropAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_server, $"DROP DATABASE {_name} WITH (FORCE)");
    }
}
