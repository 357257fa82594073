using Lucitra.Twin;

namespace Lucitra.Tests.Twin;

/// <summary>The twin answers in the shapes that HubSpot's answers were recorded in.</summary>
public sealed class TwinAnswerTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task Records_look_like_HubSpots()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        var first = await hubSpot.CreateAsync("contacts", new { email = "a@north.example" });
        var second = await hubSpot.CreateAsync("contacts", new { email = "b@north.example" });
        var third = await hubSpot.CreateAsync("contacts", new { email = "c@north.example" });

        RecordedAnswer.IsLike("contact-get", await hubSpot.GetAsync($"{Contacts}/{first}?properties=email"));
        RecordedAnswer.IsLike("contact-get-404", await hubSpot.GetAsync($"{Contacts}/123"));
        RecordedAnswer.IsLike("contact-create-409", await hubSpot.PostAsync(Contacts, new { properties = new { email = "A@north.example" } }));
        RecordedAnswer.IsLike("contact-patch-400", await hubSpot.PatchAsync($"{Contacts}/{first}", new { properties = new { zz_custom = "1" } }));
        RecordedAnswer.IsLike("contacts-list-page", await hubSpot.GetAsync($"{Contacts}?limit=2"));
        RecordedAnswer.IsLike("contacts-list-last-page", await hubSpot.GetAsync($"{Contacts}?limit=2&after={third}"));
        RecordedAnswer.IsLike("contacts-batch-read-200", await hubSpot.PostAsync($"{Contacts}/batch/read", Inputs(first, second)));
        RecordedAnswer.IsLike("contacts-batch-read-207", await hubSpot.PostAsync($"{Contacts}/batch/read", Inputs(first, 123)));
        RecordedAnswer.IsLike("contacts-search", await hubSpot.PostAsync($"{Contacts}/search", new { limit = 1 }));
        RecordedAnswer.IsLike("search-400-past-10000", await hubSpot.PostAsync($"{Contacts}/search", new { limit = 100, after = "10000" }));

        await hubSpot.DeleteAsync($"{Contacts}/{third}");
        Assert.Equal(404, (await hubSpot.GetAsync($"{Contacts}/{third}")).Status);
        var archived = await hubSpot.GetAsync($"{Contacts}/{third}?archived=true");
        Assert.True((bool)archived.Body!["archived"]!);
        Assert.NotNull(archived.Body["archivedAt"]);
        Assert.Single((await hubSpot.GetAsync($"{Contacts}?archived=true")).Body!["results"]!.AsArray());
    }

    [Fact]
    public async Task Batches_of_writes_look_like_HubSpots()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        await hubSpot.CreateAsync("contacts", new { email = "a@north.example" });

        RecordedAnswer.IsLike("contacts-batch-upsert-200", await UpsertAsync(hubSpot, "a@north.example", "b@north.example"));
        RecordedAnswer.IsLike("contacts-batch-upsert-207", await UpsertAsync(hubSpot, "b@north.example", "bad@@x"));
    }

    [Fact]
    public async Task Links_and_accounts_look_like_HubSpots()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        var contact = await hubSpot.CreateAsync("contacts", new { email = "a@north.example" });
        var deal = await hubSpot.CreateAsync("deals", new { dealname = "Roof", pipeline = "default", dealstage = "closedwon" });
        Assert.Equal(200, (await hubSpot.PutAsync($"/crm/v4/objects/deals/{deal}/associations/default/contacts/{contact}")).Status);
        var second = await hubSpot.CreateAsync("contacts", new { email = "b@north.example" });
        await hubSpot.PutAsync($"/crm/v4/objects/contacts/{second}/associations/default/deals/{deal}");

        RecordedAnswer.IsLike("associations-v4-get", await hubSpot.GetAsync($"/crm/v4/objects/deals/{deal}/associations/contacts?limit=1"));
        RecordedAnswer.IsLike("property-get-lifecyclestage", await hubSpot.GetAsync("/crm/v3/properties/contacts/lifecyclestage"));
        RecordedAnswer.IsLike("associations-v4-batch-read", await hubSpot.PostAsync("/crm/v4/associations/deals/contacts/batch/read", Inputs(deal, 123)));
        RecordedAnswer.IsLike("pipelines-deals", await hubSpot.GetAsync("/crm/v3/pipelines/deals"));
        RecordedAnswer.IsLike("owners", await hubSpot.GetAsync("/crm/v3/owners?limit=100"));
        RecordedAnswer.IsLike("oauth-token-200", await hubSpot.RefreshAsync(twin.State.RefreshTokenOf(21_478_362), new TwinOptions().ClientSecret));
        RecordedAnswer.IsLike("oauth-token-400-revoked", await hubSpot.RefreshAsync("na1-nobody", new TwinOptions().ClientSecret));
        var read = await hubSpot.GetAsync($"/crm/v3/objects/deals/{deal}?associations=contacts&properties=hs_is_closed_won");
        Assert.Equal("true", (string?)read.Body!["properties"]!["hs_is_closed_won"]);
        Assert.Equal($"{contact}", (string?)read.Body["associations"]!["contacts"]!["results"]![0]!["id"]);
        Assert.Equal(21_478_362, (long?)(await hubSpot.GetAsync("/account-info/v3/details")).Body!["portalId"]);
    }

    [Fact]
    public async Task Refusals_look_like_HubSpots()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        using var stranger = new TwinClient(twin, token: "pat-na1-none");

        RecordedAnswer.IsLike("error-401", await stranger.GetAsync(Contacts));
        twin.Faults.ServerError = 1;
        RecordedAnswer.IsLike("error-502", await hubSpot.GetAsync(Contacts));
        twin.Faults.Heal();
        twin.Faults.RateLimited = 1;
        RecordedAnswer.IsLike("error-429-burst", await hubSpot.GetAsync(Contacts));
        RecordedAnswer.IsLike("error-429-search", await hubSpot.PostAsync($"{Contacts}/search", new { limit = 1 }));
        twin.Faults.Heal();
        twin.Faults.Locked = 1;
        RecordedAnswer.IsLike("error-423-locked", await hubSpot.PostAsync(Contacts, new { properties = new { } }));
        Assert.Equal(200, (await hubSpot.GetAsync(Contacts)).Status);
        twin.Faults.Migrating = true;
        RecordedAnswer.IsLike("error-477-migration", await hubSpot.GetAsync(Contacts));
        twin.Faults.Heal();
        twin.Faults.Reset = 1;
        await Assert.ThrowsAsync<HttpRequestException>(() => hubSpot.GetAsync(Contacts));
        twin.Faults.Heal();
        twin.Faults.TokenRevoked = true;
        Assert.Equal(401, (await hubSpot.GetAsync(Contacts)).Status);
    }

    private static object Inputs(params long[] ids) => new { properties = new[] { "email" }, inputs = ids.Select(id => new { id = $"{id}" }) };

    private static Task<TwinAnswer> UpsertAsync(TwinClient hubSpot, params string[] emails) => hubSpot.PostAsync($"{Contacts}/batch/upsert", new
    {
        inputs = emails.Select(email => new { id = email, idProperty = "email", objectWriteTraceId = $"trace-{email}", properties = new { email } }),
    });
}
