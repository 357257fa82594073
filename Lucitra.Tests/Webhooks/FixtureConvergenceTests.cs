using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>Every fixture delivered in many ways: the contacts and deals it leads to are the same each time.</summary>
public sealed class FixtureConvergenceTests
{
    private const int MaxBatch = 100;

    private static readonly Lazy<Task<string>> _expected = new(ReferenceAsync);

    [SkippableTheory, BothDatabases]
    public async Task Delivered_in_order_the_fixtures_make_one_state_on_both_databases(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await DeliverAsync(app, Bodies());

        Assert.Equal(await _expected.Value, await app.StatesAsync());
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases(1, 2, 3)]
    public async Task The_order_of_batches_does_not_matter(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var bodies = Bodies();
        new Random(seed).Shuffle(bodies);

        await DeliverAsync(app, bodies);

        Assert.Equal(await _expected.Value, await app.StatesAsync());
    }

    [SkippableTheory, BothDatabases(11, 12, 13, 14)]
    public async Task The_order_of_events_does_not_matter_nor_their_distribution_over_batches(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await DeliverAsync(app, Redistributed(seed));

        Assert.Equal(await _expected.Value, await app.StatesAsync());
    }

    [SkippableTheory, BothDatabases]
    public async Task Deliveries_that_come_twice_change_nothing_the_second_time(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DeliverAsync(app, [.. Bodies().SelectMany(body => new[] { body, body })]);
        var events = await app.InDatabaseAsync(db => db.WebhookEvents.CountAsync());

        await DeliverAsync(app, Redistributed(seed: 21));

        Assert.Equal(await _expected.Value, await app.StatesAsync());
        Assert.Equal(events, await app.InDatabaseAsync(db => db.WebhookEvents.CountAsync()));
    }

    [SkippableTheory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Servers_that_work_on_one_database_at_the_same_time_come_to_the_same_state(int seed)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var apps = new List<LucitraApp>();
        for (var i = 0; i < 3; i++)
            apps.Add(await LucitraApp.StartAsync(database, new() { ["Webhooks:Worker:MessagesPerTransaction"] = "2" }));
        try
        {
            var bodies = Bodies().Concat(Redistributed(seed)).ToArray();
            new Random(seed).Shuffle(bodies);
            await Task.WhenAll(apps.Select(async (app, turn) =>
            {
                foreach (var body in bodies.Where((_, index) => index % apps.Count == turn))
                    await app.AcceptsAsync(body);
            }));
            await apps[0].WhenAppliedAsync();

            Assert.Equal(await _expected.Value, await apps[0].StatesAsync());
            Assert.All(apps, app => Assert.Empty(app.Errors.Errors));
        }
        finally
        {
            foreach (var app in apps)
                await app.DisposeAsync();
        }
    }

    private static byte[][] Bodies() => [.. HubSpotFixtures.Names().Select(HubSpotFixtures.Body)];

    /// <summary>All events of all fixtures in any order, in batches of any size.</summary>
    private static byte[][] Redistributed(int seed)
    {
        var random = new Random(seed);
        var events = Bodies().SelectMany(body => WebhookBody.Split(body)).ToArray();
        random.Shuffle(events);
        var batches = new List<byte[]>();
        for (var taken = 0; taken < events.Length;)
        {
            var batch = events.Skip(taken).Take(random.Next(1, MaxBatch)).ToList();
            taken += batch.Count;
            batches.Add([(byte)'[', .. batch.SelectMany((one, index) => index == 0 ? one.ToArray() : [(byte)',', .. one.Span]), (byte)']']);
        }

        return [.. batches];
    }

    private static async Task DeliverAsync(LucitraApp app, IEnumerable<byte[]> bodies)
    {
        foreach (var body in bodies)
            await app.AcceptsAsync(body);
        await app.WhenAppliedAsync();
    }

    private static async Task<string> ReferenceAsync()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await DeliverAsync(app, Bodies());
        return await app.StatesAsync();
    }
}
