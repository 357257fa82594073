using Lucitra.Graph.Database;
using Lucitra.Graph.Links;
using Lucitra.Graph.Records;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Records;

/// <summary>What other transactions store of a person while the person is erased does not outlast it.</summary>
public sealed class ErasureTurnTests
{
    private const long Portal = 21_478_362;
    private const long Person = 508_369_441_020;
    private const long Boat = 7;
    private const string Address = "erase.me@person.example";

    private static readonly HubSpotFact _erasure = new("contact.privacyDeletion", Person) { OccurredAt = HubSpotFact.Start.AddSeconds(90) };

    public static TheoryData<string, bool> Turns()
    {
        var turns = new TheoryData<string, bool>();
        foreach (var what in new[] { "a value of somebody unknown", "an event that changes nothing", "an event that failed", "a link", "a snapshot", "a snapshot of links" })
        {
            turns.Add(what, true);
            turns.Add(what, false);
        }

        return turns;
    }

    [SkippableTheory]
    [MemberData(nameof(Turns))]
    public async Task Nothing_that_is_stored_at_the_same_time_outlasts_an_erasure(string what, bool isErasureFirst)
    {
        await using var app = await HandRun.StartAsync(TestDatabase.Postgres);
        if (what == "an event that changes nothing")
            await app.RunAsync(HandRun.Apply(HubSpotFact.Changed("contact", Person, "email", Address, afterSeconds: 60)));
        if (what is "a link" or "a snapshot of links")
            await app.RunAsync(HandRun.Apply(HubSpotFact.Changed("deal", Boat, "dealname", "Boat")));
        var other = WorkOf(what);
        var (first, second) = isErasureFirst ? (HandRun.Apply(_erasure), other) : (other, HandRun.Apply(_erasure));

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<LucitraDbContext>();
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            await first(scope.ServiceProvider);
            await db.SaveChangesAsync();
            var waiting = app.RunAsync(second);
            await Eventually.IsTrueAsync(async () => waiting.IsCompleted || await IsAnybodyWaitingAsync(app));
            await write.CommitAsync(CancellationToken.None);
            await waiting;
        }

        Assert.Empty(await DatabaseText.WithAsync(app, $"{Person}", Address));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.ErasedObjects.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_contact_whose_creation_is_answered_after_the_person_was_erased_is_erased(string database)
    {
        await using var app = await HandRun.StartAsync(database);
        await app.QueryAsync("""mutation { createContact(input: {email: "erase.me@person.example"}) { errors { __typename } } }""");
        await app.RunAsync(HandRun.Apply(_erasure));

        await app.RunAsync(async services =>
        {
            var db = services.GetRequiredService<LucitraDbContext>();
            var row = await db.HubSpotSyncs.SingleAsync();
            row.PortalId = Portal;
            var sent = OutgoingRecord.Of(row, await db.Contacts.SingleAsync(), _ => Address);
            await services.GetRequiredService<Settlement>().SettleAsync("contact", new SentRecord(sent) { Written = Contact() }, CancellationToken.None);
        });

        Assert.Empty(await DatabaseText.WithAsync(app, $"{Person}", Address));
        Assert.Empty(await app.InDatabaseAsync(db => db.HubSpotSyncs.ToListAsync()));
        Assert.NotNull((await app.InDatabaseAsync(db => db.Contacts.SingleAsync())).ArchivedAt);
    }

    [SkippableTheory, BothDatabases(true, false)]
    public async Task A_link_that_is_answered_after_the_person_was_erased_is_forgotten(string database, bool isTaken)
    {
        await using var app = await HandRun.StartAsync(database);
        await app.RunAsync(HandRun.Apply(HubSpotFact.Changed("deal", Boat, "dealname", "Boat")));
        await app.QueryAsync("mutation($id: ID!) { updateDeal(input: {id: $id, name: \"Ship\"}) { errors { __typename } } }", new { id = (await app.QueryAsync("{ deals { nodes { id } } }")).Text("deals.nodes.0.id") });
        await app.RunAsync(HandRun.Apply(_erasure));

        await app.RunAsync(async services =>
        {
            var db = services.GetRequiredService<LucitraDbContext>();
            var pair = new LinkedPair(Portal, Boat, Person);
            var sent = new SentRecord(OutgoingRecord.Of(await db.HubSpotSyncs.SingleAsync(), await db.Deals.SingleAsync(), _ => "Ship"));
            sent = isTaken ? sent with { Linked = [(pair, true, HubSpotFact.Start.UtcDateTime)] } : sent with { RefusedLinks = [pair] };
            await services.GetRequiredService<Settlement>().SettleAsync("deal", sent, CancellationToken.None);
        });

        Assert.Empty(await DatabaseText.WithAsync(app, $"{Person}"));
    }

    private static Func<IServiceProvider, Task> WorkOf(string what) => what switch
    {
        "a value of somebody unknown" => HandRun.Apply(HubSpotFact.Changed("contact", Person, "email", Address)),
        "an event that changes nothing" => HandRun.Apply(HubSpotFact.Changed("contact", Person, "email", "earlier." + Address)),
        "an event that failed" => services => services.GetRequiredService<EventDispatcher>().FailAsync(
            HandRun.Incoming(HubSpotFact.Changed("contact", Person, "email", Address)).Single(), new TimeoutException("A test."), CancellationToken.None),
        "a link" => HandRun.Apply(IncomingEvent.AllOf(
            """[{"portalId":21478362,"occurredAt":1791189060000,"subscriptionType":"deal.associationChange","associationType":"DEAL_TO_CONTACT","fromObjectId":7,"toObjectId":508369441020,"associationRemoved":false}]"""u8.ToArray(),
            HubSpotFact.Start.UtcDateTime, traceParent: null)),
        "a snapshot" => Take("contact", new RecordSnapshot(Portal, ["email"], HubSpotFact.Start.UtcDateTime) { Found = [Contact()] }),
        "a snapshot of links" => Take("deal", new RecordSnapshot(Portal, [], HubSpotFact.Start.UtcDateTime)
        {
            Links = new Dictionary<RecordKey, IReadOnlyCollection<long>> { [new RecordKey(Portal, Boat)] = [Person] },
            LinksAsOf = HubSpotFact.Start.UtcDateTime,
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "No such work."),
    };

    private static HubSpotObject Contact() => new(
        $"{Person}", new Dictionary<string, string?> { ["email"] = Address }, HubSpotFact.Start.UtcDateTime, HubSpotFact.Start.UtcDateTime);

    private static Func<IServiceProvider, Task> Take(string objectType, RecordSnapshot snapshot) => services =>
        services.GetServices<IRecordSnapshots>().Single(kind => kind.ObjectType == objectType).ApplyAsync(snapshot, CancellationToken.None);

    private static Task<bool> IsAnybodyWaitingAsync(LucitraApp app) => app.InDatabaseAsync(db => db.Database
        .SqlQuery<bool>($"""SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database AS home ON home.oid = database WHERE NOT granted AND datname = current_database()) AS "Value" """)
        .SingleAsync());
}
