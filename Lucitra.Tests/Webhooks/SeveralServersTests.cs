using Lucitra.Tests.Support;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>Roles in processes of their own, and several workers, on one PostgreSQL.</summary>
public sealed class SeveralServersTests
{
    [SkippableFact]
    public async Task A_delivery_to_one_server_is_applied_by_another_and_told_by_a_third()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var receiver = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" });
        await using var worker = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Worker", ["Webhooks:Worker:PollInterval"] = "00:05:00" });
        await using var api = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" });
        using var changes = RecordedChanges.Of(api, "Contact");

        for (var id = 1; id <= 5; id++)
        {
            await receiver.HubSpot.DeliverAsync(HubSpotFact.Created("contact", id));
            await receiver.WhenAppliedAsync();
            await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Count >= id));
        }

        Assert.Equal(5, changes.Positions.Distinct().Count());
        Assert.Equal(5, changes.Positions.Count);
        Assert.Equal(5, (await api.QueryAsync("{ contacts { totalCount } }")).GetProperty("contacts").GetProperty("totalCount").GetInt32());
    }

    [SkippableFact]
    public async Task Workers_on_the_same_contact_lose_no_update()
    {
        const int Properties = 20;
        const int Batches = 40;
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        Dictionary<string, string?> oneByOne = new() { ["Webhooks:Worker:MessagesPerTransaction"] = "1" };
        await using var one = await LucitraApp.StartAsync(database, oneByOne);
        await using var other = await LucitraApp.StartAsync(database, oneByOne);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async lane =>
        {
            for (var batch = lane; batch < Batches; batch += 4)
            {
                await (batch % 2 == 0 ? one : other).HubSpot.DeliverAsync([.. Enumerable.Range(0, Properties).Select(property =>
                    HubSpotFact.Changed("contact", 1, $"property_{property}", $"{batch}", afterSeconds: batch))]);
            }
        }));
        await one.WhenAppliedAsync();

        var contact = await one.ContactAsync(1);
        Assert.Equal(Properties, contact.Properties.Count);
        Assert.All(contact.Properties.Values, value => Assert.Equal($"{Batches - 1}", value));
        var rows = await one.EventsAsync();
        Assert.Equal(Batches * Properties, rows.Count);
        Assert.All(rows, row => Assert.Equal(1, row.Attempts));
        Assert.Equal(
            rows.Where(row => row.Status == WebhookEventStatus.Applied).Select(row => (Guid?)row.Id).Order(),
            (await one.InDatabaseAsync(db => db.RecordChanges.AsNoTracking().ToListAsync())).SelectMany(change => change.Fields)
                .Where(field => field.Field != "createdAt")
                .Select(field => field.EventId)
                .Order());
        Assert.Empty(one.Errors.Errors);
        Assert.Empty(other.Errors.Errors);
    }
}
