using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Lucitra.Tests.Webhooks;

/// <summary>How many statements PostgreSQL runs for a claim does not depend on how many events and records are in it.</summary>
public sealed class StatementBoundTests(ITestOutputHelper output)
{
    // What a transaction asks once for each of its tables, and the few statements of a table with few rows.
    private const int PerClaim = 30;

    private static readonly string[] _properties = ["firstname", "lastname", "phone", "company", "jobtitle", "lifecyclestage", "city"];

    [SkippableFact]
    public async Task Statements_grow_neither_with_the_events_of_a_record_nor_with_the_records_of_a_claim()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres, new() { ["Lucitra:Roles"] = "Webhooks" }, builder => builder.Services
            .AddScoped<EventDispatcher>()
            .AddSingleton<InboxTransactions>()
            .AddSingleton<EventProcessor>());
        using var statements = new StatementCount();

        var creation = await CountAsync([.. CreationBurst(1)]);
        var one = await CountAsync(HubSpotFact.Changed("contact", 1, "firstname", "Ada", afterSeconds: 1));
        var twoHundred = await CountAsync([.. Enumerable.Range(1, 200).Select(i => HubSpotFact.Changed("contact", 1, "lastname", $"Lovelace {i}", afterSeconds: i))]);
        var hundredCreations = await CountAsync([.. Enumerable.Range(1_000, 100).SelectMany(id => CreationBurst(id))]);
        var hundredRecords = await CountAsync([.. Enumerable.Range(1_000, 100).Select(id => HubSpotFact.Changed("contact", id, "phone", $"+351 {id}", afterSeconds: 1))]);

        output.WriteLine($"a creation with its properties {creation}, one change {one}, 200 changes of one record {twoHundred}, "
            + $"100 creations with their properties {hundredCreations}, changes of 100 records {hundredRecords}");
        Assert.InRange(one, 1, PerClaim);
        Assert.InRange(twoHundred, 1, one);

        // The keys of 900 events are looked for in two statements.
        Assert.InRange(hundredCreations, 1, creation + 1);
        Assert.InRange(hundredRecords, 1, one);

        async Task<int> CountAsync(params HubSpotFact[] facts)
        {
            await app.HubSpot.DeliverAsync(facts);
            return await statements.DuringAsync(async () =>
                Assert.True(await app.Services.GetRequiredService<EventProcessor>().ProcessQueueAsync(CancellationToken.None)));
        }
    }

    private static IEnumerable<HubSpotFact> CreationBurst(long id) =>
        _properties.Select(property => HubSpotFact.Changed("contact", id, property, $"{property} {id}"))
            .Append(HubSpotFact.Changed("contact", id, "email", $"contact{id}@example.com"))
            .Prepend(HubSpotFact.Created("contact", id));
}
