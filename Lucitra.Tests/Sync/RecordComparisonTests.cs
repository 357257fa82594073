using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Sync;

public sealed class RecordComparisonTests
{
    [SkippableTheory, BothDatabases]
    public async Task Every_kind_of_difference_is_named_and_healed(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["Lucitra:Roles"] = "Api,Webhooks" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        for (var id = 1; id <= 7; id++)
            portal.Put("contacts", id, ("firstname", $"Contact {id}"), ("birthday", "2020-01-01"), ("score", "1.5"));
        portal.Put("deals", 9, ("dealname", "Deal"), ("amount", "10.00"));
        portal.Link(9, 1);
        var client = app.Services.GetRequiredService<HubSpotPortals>().Find(FakePortal.PortalId)!;
        await app.Services.GetRequiredService<Backfill>().RunAsync([client], BackfillParts.All, restart: false, _ => { }, CancellationToken.None);
        var comparison = app.Services.GetRequiredService<RecordComparison>();
        Assert.All(await comparison.RunAsync(client, heal: false, CancellationToken.None), one => Assert.True(one is { IsComplete: true, Suspects: 0 }));

        portal.Put("contacts", 1, ("firstname", "Changed"), ("score", "2"));
        portal.Archive("contacts", 2);
        portal.Merge("contacts", 3, 4);
        portal.Erase("contacts", 5);
        portal.Put("contacts", 8, ("firstname", "New"));
        portal.Unlink(9, 1);
        portal.Link(9, 6);
        await app.InDatabaseAsync(db => db.Contacts.Where(contact => contact.HubSpotId == "7").ExecuteUpdateAsync(set => set.SetProperty(contact => contact.ArchivedAt, HubSpotFact.Start.UtcDateTime)));

        string[] expected =
        [
            "contact 1 of portal 21478362: differs in firstname, score",
            "contact 2 of portal 21478362: live here, archived at HubSpot",
            "contact 4 of portal 21478362: live here, merged into another at HubSpot",
            "contact 5 of portal 21478362: live here, gone at HubSpot",
            "contact 7 of portal 21478362: archived here, live at HubSpot",
            "contact 8 of portal 21478362: missing here",
            "deal 9 of portal 21478362: differs in links",
        ];
        var found = await comparison.RunAsync(client, heal: false, CancellationToken.None);
        Assert.Equal(expected, found.SelectMany(one => one.Differences).Select(one => one.ToString()));

        var healed = await comparison.RunAsync(client, heal: true, CancellationToken.None);
        Assert.Empty(healed.SelectMany(one => one.Differences));
        Assert.Equal(expected.Length, healed.Sum(one => one.Healed));
        Assert.All(await comparison.RunAsync(client, heal: false, CancellationToken.None), one => Assert.Equal(0, one.Suspects));
    }

    [Fact]
    public async Task Verify_ends_with_2_while_records_differ_and_with_1_when_it_cannot_compare()
    {
        await using var portal = await FakePortal.StartAsync();
        await using var own = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        portal.Put("contacts", 1, ("firstname", "Secret name"));
        var settings = LucitraServer.SettingsFor(own);
        Assert.Equal(1, (await LucitraServer.RunAsync(settings, "hubspot", "verify")).ExitCode);
        foreach (var (name, value) in portal.Settings)
            settings[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var (exitCode, output) = await LucitraServer.RunAsync(settings, "hubspot", "verify");
        Assert.Equal(2, exitCode);
        Assert.Contains("contact 1 of portal 21478362: missing here", output, StringComparison.Ordinal);
        Assert.Contains("0 deliveries queued", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret name", output, StringComparison.Ordinal);
        Assert.Equal(0, (await LucitraServer.RunAsync(settings, "hubspot", "verify", "--heal")).ExitCode);
        portal.OnCall = _ => Task.FromResult<int?>(401);
        Assert.Equal(1, (await LucitraServer.RunAsync(settings, "hubspot", "verify")).ExitCode);
    }

    [Theory]
    [InlineData("2020-01-01", "1577836800000", PropertyType.Date, true)]
    [InlineData("2020-01-01T00:00:00.000Z", "2020-01-01T00:00:00Z", PropertyType.Datetime, true)]
    [InlineData("1.50", "1.5", PropertyType.Number, true)]
    [InlineData("1.50", "1.5", PropertyType.String, false)]
    [InlineData("0012", "12", PropertyType.String, false)]
    public void Equal_values_are_one_text(string one, string other, object type, bool areEqual) =>
        Assert.Equal(areEqual, ComparedRecord.Canonical(one, (PropertyType)type) == ComparedRecord.Canonical(other, (PropertyType)type));
}
