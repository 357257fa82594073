using System.Diagnostics.Metrics;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Webhooks.Crm;

/// <summary>One account as the server calls it, with a HubSpot and a clock of the test's own.</summary>
internal sealed class CrmPortal : IAsyncDisposable
{
    public const long PortalId = 21478362;
    public const string Token = "pat-eu1-0f1e2d3c-secret";

    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProvider _services;

    public CrmPortal(params (string Key, string? Value)[] settings)
        : this(() => throw new InvalidOperationException("Nobody expects the database to be used."), settings)
    {
    }

    public CrmPortal(Func<InboxDbContext> openDatabase, params (string Key, string? Value)[] settings)
    {
        HubSpot = new FakeHubSpot(Clock);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["HubSpot:AccessToken"] = Token, ["HubSpot:PortalId"] = $"{PortalId}" })
            .AddInMemoryCollection(settings.GroupBy(setting => setting.Key).ToDictionary(same => same.Key, same => same.Last().Value))
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddScoped(_ => openDatabase());
        services.AddMetrics();
        services.AddLogging(logging => logging.AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
        services.AddHubSpotCrm(configuration);
        services.AddHttpClient("HubSpot").ConfigurePrimaryHttpMessageHandler(() => HubSpot);
        _services = services.BuildServiceProvider();
        Portals = _services.GetRequiredService<HubSpotPortals>();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 10, 5, 9, 0, 0, TimeSpan.Zero));

    public FakeHubSpot HubSpot { get; }

    public ErrorLog Log { get; } = new();

    public HubSpotPortals Portals { get; }

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public HubSpotClient Client => Portals.Find(PortalId)!;

    /// <summary>Lets time pass until a call has ended.</summary>
    public async Task<T> PassTimeAsync<T>(Task<T> call)
    {
        await PassTimeAsync((Task)call);
        return await call;
    }

    public async Task PassTimeAsync(Task call)
    {
        for (var steps = 0; !await IsOverAsync(call); steps++)
        {
            Assert.True(steps < 20_000, "The call waits for ever.");
            Clock.Advance(_step);
        }

        await call;
    }

    public async Task<HubSpotApiException> FailureOfAsync(Task call) =>
        await Assert.ThrowsAsync<HubSpotApiException>(() => PassTimeAsync(call));

    /// <summary>A small read.</summary>
    public Task<HubSpotObject?> ReadAsync(HubSpotCallPriority priority = HubSpotCallPriority.Live) =>
        Client.ReadAsync("contact", "508369441001", ["email"], archived: false, priority, CancellationToken.None);

    public Task<HubSpotPage<HubSpotObject>> SearchAsync() =>
        Client.SearchAsync("contact", new HubSpotSearch([], null, ["email"]), HubSpotCallPriority.Live, CancellationToken.None);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    // Continuations run on other threads and take real time, of which the clock must not run ahead.
    private static async Task<bool> IsOverAsync(Task call) => await Task.WhenAny(call, Task.Delay(5)) == call;
}
