using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Benchmarks;

/// <summary>The server's services on an SQLite database with contacts in it. Nothing listens and no worker runs.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private const int Contacts = 1000;

    private static readonly DateTime _start = new(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc);

    private readonly WebApplication _app;
    private readonly string _folder;

    private BenchServer(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public IServiceProvider Services => _app.Services;

    public string ConnectionString => $"Data Source={_folder}/lucitra.db";

    public static async Task<BenchServer> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lucitra-bench-").FullName;
        var app = Program.Build(["--environment", "Bench"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = nameof(DatabaseProvider.Sqlite),
                ["ConnectionStrings:Lucitra"] = $"Data Source={folder}/lucitra.db",
                ["Auth:ApiKey"] = "lucitra_bench_0123456789abcdef",
            });
        });
        await app.Services.MigrateDatabaseAsync(CancellationToken.None);
        await AddContactsAsync(app.Services);
        return new BenchServer(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task AddContactsAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        db.Contacts.AddRange(Enumerable.Range(0, Contacts).Select(number => new Contact
        {
            Id = Guid.CreateVersion7(_start.AddSeconds(number)),
            Email = $"contact{number:0000}@northwharf.example",
            FirstName = "Aline",
            LastName = $"Duarte {number:0000}",
            Company = "North Wharf",
            CreatedAt = _start.AddSeconds(number),
            UpdatedAt = _start.AddSeconds(number),
            Version = 1,
        }));
        await db.SaveChangesAsync();
    }
}
