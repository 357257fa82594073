using System.Net;
using System.Text;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>Delivers fixtures to a whole server, and reads what became of them.</summary>
internal static class FixtureDelivery
{
    private const long PortalId = 21_478_362;

    /// <summary>Posts fixtures in this order and waits until they are applied.</summary>
    public static async Task DeliverAsync(this LucitraApp app, params string[] names)
    {
        foreach (var name in names)
            await app.AcceptsAsync(HubSpotFixtures.Body(name));
        await app.WhenAppliedAsync();
    }

    /// <summary>Posts the events of fixtures one by one in any order, each twice, and waits until they are applied.</summary>
    public static async Task DeliverShuffledAsync(this LucitraApp app, int seed, params string[] names)
    {
        var events = names.SelectMany(name => WebhookBody.Split(HubSpotFixtures.Body(name))).SelectMany(one => new[] { one, one }).ToArray();
        new Random(seed).Shuffle(events);
        foreach (var one in events)
            await app.AcceptsAsync([(byte)'[', .. one.Span, (byte)']']);
        await app.WhenAppliedAsync();
    }

    public static async Task AcceptsAsync(this LucitraApp app, byte[] body)
    {
        var status = await app.HubSpot.PostAsync(body);
        Assert.True(status == HttpStatusCode.NoContent, $"Answered {status}.\n{string.Join('\n', app.Errors.Errors)}");
    }

    public static Task AcceptsAsync(this LucitraApp app, string body) => app.AcceptsAsync(Encoding.UTF8.GetBytes(body));

    public static Task<Contact> ContactAsync(this LucitraApp app, long objectId, long portalId = PortalId) =>
        app.InDatabaseAsync(db => db.Contacts.AsNoTracking().SingleAsync(contact => contact.HubSpotId == $"{objectId}" && contact.PortalId == portalId));

    public static Task<Deal> DealAsync(this LucitraApp app, long objectId) =>
        app.InDatabaseAsync(db => db.Deals.AsNoTracking().SingleAsync(deal => deal.HubSpotId == $"{objectId}"));

    /// <summary>Every stored event, in the order of storing.</summary>
    public static Task<List<WebhookEvent>> EventsAsync(this LucitraApp app) =>
        app.InDatabaseAsync(db => db.WebhookEvents.AsNoTracking().OrderBy(row => row.Id).ToListAsync());
}
