using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

/// <summary>Searches, and what surrounds records: pipelines, owners, properties, the account.</summary>
public sealed class HubSpotCatalogueTests
{
    [Fact]
    public async Task A_search_asks_for_what_changed_since()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-search");

        var page = await portal.Client.SearchAsync(
            "contact",
            new HubSpotSearch([new HubSpotFilter("lastmodifieddate", "GTE", "1791189000000")], "lastmodifieddate", ["email"]),
            HubSpotCallPriority.Backfill,
            default);

        Assert.Equal("508369441001", Assert.Single(page.Results).Id);
        Assert.Equal("200", page.After);
        var call = portal.HubSpot.Calls.Single();
        Assert.Equal("POST /crm/v3/objects/contacts/search", call.Line);
        const string expected =
            """
            {"filterGroups":[{"filters":[{"propertyName":"lastmodifieddate","operator":"GTE","value":"1791189000000"}]}],
            "sorts":[{"propertyName":"lastmodifieddate","direction":"ASCENDING"}],"properties":["email"],"limit":200}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(call.Body)), call.Body);
    }

    [Fact]
    public async Task Pipelines_come_with_their_stages()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("pipelines-deals");

        var pipelines = await portal.Client.PipelinesAsync("deal", HubSpotCallPriority.Live, default);

        var sales = pipelines.Single(pipeline => pipeline.Id == "default");
        Assert.Equal("Sales Pipeline", sales.Label);
        var stages = sales.Stages.ToDictionary(stage => stage.Id);
        Assert.Equal((false, 0.2m), (stages["appointmentscheduled"].IsClosed, stages["appointmentscheduled"].Probability));
        Assert.Equal((true, 1.0m), (stages["closedwon"].IsClosed, stages["closedwon"].Probability));
        Assert.Equal((true, 0.0m), (stages["closedlost"].IsClosed, stages["closedlost"].Probability));
        Assert.Equal("GET /crm/v3/pipelines/deals", portal.HubSpot.Calls.Single().Line);
    }

    [Fact]
    public async Task Owners_come_page_by_page()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("owners");

        var page = await portal.Client.OwnersAsync(after: "7", archived: true, HubSpotCallPriority.Live, default);

        var owner = Assert.Single(page.Results);
        Assert.Equal(("41629001", "Rui", "Almeida", "70114592"), (owner.Id, owner.FirstName, owner.LastName, owner.UserId));
        Assert.Null(page.After);
        Assert.Equal("GET /crm/v3/owners?limit=100&after=7&archived=true", portal.HubSpot.Calls.Single().Line);
    }

    [Fact]
    public async Task Properties_come_with_their_options()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json($$"""{"results":[{{ApiAnswer.Of("property-get-lifecyclestage").Body}}]}"""));

        var property = Assert.Single(await portal.Client.PropertiesAsync("contact", HubSpotCallPriority.Live, default));

        Assert.Equal(("lifecyclestage", "enumeration", "radio"), (property.Name, property.Type, property.FieldType));
        Assert.Equal(8, property.Options!.Count);
        Assert.False(property.IsReadOnly);
    }

    [Fact]
    public async Task Paths_come_from_the_settings()
    {
        await using var portal = new CrmPortal(("HubSpot:Api:Paths:Objects", "/crm/objects/2026-03"));
        portal.HubSpot.Answer("contact-get");

        await portal.ReadAsync();

        Assert.StartsWith("GET /crm/objects/2026-03/contacts/508369441001?", portal.HubSpot.Calls.Single().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_a_token_is_is_asked_once()
    {
        await using var portal = new CrmPortal(("HubSpot:PortalId", null));
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"portalId":21478362,"timeZone":"Europe/Lisbon","companyCurrency":"EUR"}"""));

        Assert.True(portal.Portals.IsConfigured);
        Assert.Null(portal.Portals.Find(CrmPortal.PortalId));
        var found = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => portal.Portals.FindAsync(CrmPortal.PortalId, default)));

        Assert.All(found, client => Assert.Equal(CrmPortal.PortalId, client!.PortalId));
        Assert.Same(found[0], Assert.Single(await portal.Portals.AllAsync(default)));
        Assert.Null(await portal.Portals.FindAsync(1, default));
        Assert.Equal("GET /account-info/v3/details", Assert.Single(portal.HubSpot.Calls).Line);
    }

    [Fact]
    public async Task The_account_tells_zone_and_currency()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"portalId":"21478362","timeZone":"Europe/Lisbon","companyCurrency":"EUR","additionalCurrencies":["USD"],"utcOffset":"+01:00"}"""));

        var account = await portal.Client.AccountAsync(HubSpotCallPriority.Live, default);

        Assert.Equal((CrmPortal.PortalId, "Europe/Lisbon", "EUR"), (account.PortalId, account.TimeZone, account.CompanyCurrency));
        Assert.Equal(["USD"], account.AdditionalCurrencies);
    }

    [Fact]
    public async Task Calls_spent_are_counted_with_repetitions()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-502", "contact-get", "contacts-search");

        await portal.PassTimeAsync(portal.ReadAsync());
        await portal.PassTimeAsync(portal.SearchAsync());

        Assert.Equal(new Dictionary<string, long> { ["contact.read"] = 2, ["contact.search"] = 1 }, portal.Client.CallsSpent());
    }

    [Fact]
    public async Task Requests_are_metered_by_operation_and_outcome()
    {
        await using var portal = new CrmPortal();
        var metered = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, portal.Meters) && instrument.Name == "lucitra.hubspot.api.calls")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            metered.Add($"{count} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}"));
        listener.Start();
        portal.HubSpot.Answer("error-502", "contact-get");

        await portal.PassTimeAsync(portal.ReadAsync());

        Assert.Equal(["1 contact.read Succeeded", "1 contact.read Unavailable"], metered.Order());
    }

    [Fact]
    public async Task Without_credentials_there_is_no_account()
    {
        await using var portal = new CrmPortal(("HubSpot:AccessToken", ""), ("HubSpot:PortalId", null));

        Assert.False(portal.Portals.IsConfigured);
        Assert.Empty(await portal.Portals.AllAsync(default));
    }
}
