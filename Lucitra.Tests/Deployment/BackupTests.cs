using Lucitra.Graph.Timeline;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Deployment;

/// <summary>A backup taken while the server works, and restored elsewhere as docs/backup.md says.</summary>
public sealed class BackupTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_restored_backup_has_everything_and_goes_on_where_it_ended(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var backup = await Backup.PrepareAsync(database);
        string seen, lost;
        await using (var app = await LucitraApp.StartAsync(database))
        {
            await app.HubSpot.DeliverUntilTakenAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Changed("contact", 1, "firstname", "Ada"), HubSpotFact.Created("deal", 7));
            await app.HubSpot.DeliverUntilTakenAsync(HubSpotFact.Changed("contact", 2, "email", "grace@example.com"), HubSpotFact.Deleted("contact", 1));
            await app.WhenAppliedAsync();
            await CreateContactAsync(app, "alan@example.com");
            seen = await CursorAsync(app);
        }

        // One delivery is acknowledged and not yet applied.
        await using (var receiver = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" }))
        {
            await receiver.HubSpot.DeliverUntilTakenAsync(HubSpotFact.Changed("contact", 3, "firstname", "Edsger"));
            await backup.TakeAsync();
        }

        // What came after the backup is lost, but clients have seen it.
        await using (var app = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" }))
        {
            await CreateContactAsync(app, "lost@example.com");
            lost = await CursorAsync(app);
        }

        await using var restored = await backup.RestoreAsync();
        var migrated = await LucitraServer.RunAsync(LucitraServer.SettingsFor(restored), "migrate", "--restored");
        Assert.True(migrated.ExitCode == 0, migrated.Output);

        await using var server = await LucitraApp.StartAsync(restored);
        await server.WhenAppliedAsync();
        await CreateContactAsync(server, "barbara@example.com");
        Assert.Equal(
            ["Edsger", "alan@example.com", "barbara@example.com", "grace@example.com"],
            (await server.InDatabaseAsync(db => db.Contacts.Where(contact => contact.ArchivedAt == null).Select(contact => contact.Email ?? contact.FirstName).ToListAsync())).Order(StringComparer.Ordinal));
        Assert.Equal(4, await server.InDatabaseAsync(db => db.WebhookEvents.CountAsync(row => row.ObjectType == "contact" && row.ObjectId < 3)));

        // Whoever was connected before goes on after it, with nothing missing and nothing twice.
        var after = await HeardAsync(server, seen, 2);
        Assert.Equal(after, await HeardAsync(server, lost, 2));
        Assert.All(after, position => Assert.True(ChangePosition.Of("after", lost) <= position));
    }

    private static Task CreateContactAsync(LucitraApp app, string email) => app.QueryAsync(
        "mutation($email: String!) { createContact(input: { email: $email }) { contact { id } errors { __typename } } }", new { email });

    private static async Task<string> CursorAsync(LucitraApp app)
    {
        // The end of the log is behind the newest change for as long as an older transaction is open.
        var newest = await app.InDatabaseAsync(db => db.RecordChanges.MaxAsync(change => change.Position));
        var cursor = "";
        await Eventually.IsTrueAsync(async () =>
            ChangePosition.Of("after", cursor = (await app.QueryAsync("{ changesCursor }")).GetProperty("changesCursor").GetString()!).Position == newest);
        return cursor;
    }

    private static async Task<List<ChangePosition>> HeardAsync(LucitraApp app, string after, int changes)
    {
        using var client = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", [("X-Api-Key", LucitraApp.ApiKey)]);
        await client.SayAsync("""{"type":"connection_init"}""");
        await client.HearAsync();
        await client.SubscribeAsync("1", $$"""subscription { onContactChanged(after: \"{{after}}\") { id } }""");
        var heard = new List<ChangePosition>();
        while (heard.Count < changes)
            heard.Add(ChangePosition.Of("after", (await client.HearNextAsync()).At("payload.extensions.cursor").GetString()!));
        return heard;
    }
}
