using Lucitra.Graph.Startup;
using Lucitra.Webhooks.Inbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Lucitra.Graph.Database;

internal static class DatabaseModule
{
    /// <summary>The key of the factory for contexts whose statements each have one best plan, whatever their values.</summary>
    public const string Settled = nameof(Settled);

    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        var options = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        var connection = (configuration.GetSection(ConnectionStrings.Section).Get<ConnectionStrings>() ?? new ConnectionStrings()).Lucitra;

        switch (options.Provider)
        {
            case DatabaseProvider.Sqlite:
                var sqlite = SqliteConnectionString(connection, environment);
                services.AddPooledDbContextFactory<SqliteDbContext>(db => db.UseSqlite(sqlite).AddInterceptors(new SqlitePragmas()).ConfigureWarnings(LeaveFaultsToTheCaller));
                services.AddSingleton<IDbContextFactory<LucitraDbContext>, SqliteContextFactory>();
                services.AddKeyedSingleton(Settled, (provider, _) => provider.GetRequiredService<IDbContextFactory<LucitraDbContext>>());
                break;
            case DatabaseProvider.Postgres when connection.Length == 0:
                throw new InvalidSettingException(
                    "ConnectionStrings:Lucitra is empty. Set ConnectionStrings__Lucitra to the PostgreSQL database, such as 'Host=localhost;Database=lucitra;Username=lucitra'.");
            case DatabaseProvider.Postgres:
                services.AddSingleton(provider => PostgresSessions.Open(
                    connection,
                    provider.GetRequiredService<IOptions<DatabaseOptions>>().Value,
                    provider.GetRequiredService<IOptions<LucitraOptions>>().Value.Parsed.HasFlag(LucitraRoles.Api)));
                services.AddPooledDbContextFactory<PostgresDbContext>((provider, db) =>
                    db.UseNpgsql(provider.GetRequiredService<PostgresSessions>().All).ConfigureWarnings(LeaveFaultsToTheCaller));
                services.AddSingleton<IDbContextFactory<LucitraDbContext>>(provider => PostgresContexts(provider, sessions => sessions.All));
                services.AddKeyedSingleton<IDbContextFactory<LucitraDbContext>>(Settled, (provider, _) => PostgresContexts(provider, sessions => sessions.Settled));
                services.AddHostedService<PostgresAnnouncements>();
                break;
        }

        services.AddSingleton<SchemaMigration>();
        services.AddSingleton<SharedReads>();
        services.AddSingleton<KeptReads>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContext());
        services.AddScoped<InboxDbContext>(provider => provider.GetRequiredService<LucitraDbContext>());
        return services;
    }

    /// <summary>Brings the database to this program's schema with everything that belongs to it; creates it where it is missing.</summary>
    public static Task MigrateDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SchemaMigration>().RunAsync(contract: true, restored: false, cancellationToken);

    /// <summary>Refuses a database whose schema does not fit this program; what fits and is newer, it names.</summary>
    public static async Task<SchemaFit> RequireMigratedDatabaseAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync(cancellationToken);
        var fit = await SchemaFit.ReadAsync(db, cancellationToken);
        return fit.Problem is { } problem ? throw new InvalidSettingException(problem) : fit;
    }

    /// <summary>A conflict that is run again is no error, and whoever does not run again logs what came of it.</summary>
    private static void LeaveFaultsToTheCaller(WarningsConfigurationBuilder log) => log.Log(
        (CoreEventId.SaveChangesFailed, LogLevel.Debug),
        (CoreEventId.QueryIterationFailed, LogLevel.Debug),
        (RelationalEventId.CommandError, LogLevel.Debug),
        (RelationalEventId.ConnectionError, LogLevel.Debug),
        (RelationalEventId.TransactionError, LogLevel.Debug));

    private static string SqliteConnectionString(string configured, IHostEnvironment environment)
    {
        var builder = new SqliteConnectionStringBuilder(configured.Length > 0 ? configured : $"Data Source={DataFolder.Of(environment)}/lucitra.db");

        // How long a statement waits for another process that locks the file: shorter than HubSpot waits for an answer.
        if (!builder.ShouldSerialize("Default Timeout"))
            builder.DefaultTimeout = 2;
        builder.DataSource = Path.Combine(environment.ContentRootPath, builder.DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(builder.DataSource)!);
        return builder.ToString();
    }

    private static PostgresContextFactory PostgresContexts(IServiceProvider provider, Func<PostgresSessions, NpgsqlDataSource> sessions) =>
        new PostgresContextFactory(provider.GetRequiredService<IDbContextFactory<PostgresDbContext>>(), sessions(provider.GetRequiredService<PostgresSessions>()));

    private sealed class SqliteContextFactory(IDbContextFactory<SqliteDbContext> factory) : IDbContextFactory<LucitraDbContext>
    {
        public LucitraDbContext CreateDbContext() => factory.CreateDbContext();
    }

    /// <summary>Contexts of one pool, each with a session of these while it is out.</summary>
    private sealed class PostgresContextFactory(IDbContextFactory<PostgresDbContext> factory, NpgsqlDataSource sessions) : IDbContextFactory<LucitraDbContext>
    {
        public LucitraDbContext CreateDbContext()
        {
            var db = factory.CreateDbContext();

            // Who had the context before may have left it counting its session as open, which none may be that is exchanged.
            var connection = db.GetService<IRelationalConnection>();
            connection.Dispose();
            connection.SetDbConnection(sessions.CreateConnection(), contextOwnsConnection: true);
            return db;
        }
    }
}
