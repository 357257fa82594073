using Lucitra.Tests.Support;

namespace Lucitra.Tests.Contacts;

public sealed class ContactWebhookTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_signed_webhook_comes_back_as_a_contact(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"),
            HubSpotFact.Changed("contact", 501, "favourite_tea", "Earl Grey"),
            HubSpotFact.Created("contact", 501));
        await app.WhenAppliedAsync();

        var data = await app.QueryAsync("""
            { contacts { totalCount nodes { email hubSpotId createdAt version properties(names: ["favourite_tea"]) { value source occurredAt } } } }
            """);
        var contact = data.GetProperty("contacts").GetProperty("nodes")[0];
        Assert.Equal("ada@northwharf.example", contact.GetProperty("email").GetString());
        Assert.Equal("501", contact.GetProperty("hubSpotId").GetString());
        Assert.Equal("2026-10-05T08:30:00Z", contact.GetProperty("createdAt").GetString());
        Assert.Equal(1, contact.GetProperty("version").GetInt32());
        Assert.Equal("Earl Grey", contact.GetProperty("properties")[0].GetProperty("value").GetString());
        Assert.Equal(1, data.GetProperty("contacts").GetProperty("totalCount").GetInt32());
        Assert.Empty(app.Errors.Errors);
    }
}
