using Lucitra.Twin;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Twin;

/// <summary>Merges, limits, lags and validation are HubSpot's.</summary>
public sealed class TwinRuleTests
{
    private const string Contacts = "/crm/v3/objects/contacts";

    [Fact]
    public async Task Ids_that_were_merged_away_lead_to_the_survivor_over_any_number_of_merges()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        var ids = new List<long>();
        foreach (var name in new[] { "a", "b", "c" })
            ids.Add(await hubSpot.CreateAsync("contacts", new { email = $"{name}@north.example", phone = name == "b" ? "1" : "" }));
        var deal = await hubSpot.CreateAsync("deals", new { dealname = "Roof" });
        await hubSpot.PutAsync($"/crm/v4/objects/deals/{deal}/associations/default/contacts/{ids[1]}");

        var merged = await MergeAsync(hubSpot, ids[0], ids[1]);
        var survivor = await MergeAsync(hubSpot, merged, ids[2]);

        Assert.DoesNotContain(merged, ids);
        var read = await hubSpot.GetAsync($"{Contacts}/{ids[1]}?properties=email,phone,hs_merged_object_ids");
        RecordedAnswer.IsLike("contact-get", read);
        Assert.Equal($"{survivor}", (string?)read.Body!["id"]);
        Assert.Equal("a@north.example", (string?)read.Body["properties"]!["email"]);
        Assert.Equal("1", (string?)read.Body["properties"]!["phone"]);
        Assert.Equal($"{ids[0]};{ids[1]};{merged};{ids[2]}", (string?)read.Body["properties"]!["hs_merged_object_ids"]);
        var snapshot = twin.State.Snapshot().Portals[21_478_362];
        Assert.Equal([survivor], snapshot.Contacts.Live.Keys);
        Assert.All(ids, id => Assert.Equal(survivor, snapshot.Contacts.Aliases[id]));
        Assert.Equal([new TwinLink(survivor, deal, DecisionMaker: false)], snapshot.Links);
    }

    [Fact]
    public async Task Batches_do_not_follow_merges()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        var (primary, loser) = (await hubSpot.CreateAsync("contacts", new { }), await hubSpot.CreateAsync("contacts", new { }));
        var survivor = await MergeAsync(hubSpot, primary, loser);

        var read = await hubSpot.PostAsync($"{Contacts}/batch/read", new { inputs = new[] { new { id = $"{loser}" }, new { id = $"{survivor}" } } });
        var written = await hubSpot.PostAsync($"{Contacts}/batch/update", new
        {
            inputs = new[] { loser, survivor }.Select(id => new { id = $"{id}", properties = new { phone = "2" } }),
        });

        Assert.Equal(207, read.Status);
        Assert.Equal($"{loser}", (string?)read.Body!["errors"]![0]!["context"]!["ids"]![0]);
        RecordedAnswer.IsLike("contacts-batch-update-silent-skip-200", written);
        Assert.Single(written.Body!["results"]!.AsArray());
    }

    [Fact]
    public async Task Limits_hold_for_ten_seconds_for_a_second_of_searches_and_for_a_day()
    {
        var clock = new FakeTimeProvider();
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions { Clock = clock, CallsPerTenSeconds = 3, SearchesPerSecond = 1, CallsPerDay = 7 });
        using var hubSpot = new TwinClient(twin);
        for (var call = 0; call < 3; call++)
            Assert.Equal(200, (await hubSpot.GetAsync(Contacts)).Status);

        var refused = await hubSpot.GetAsync(Contacts);
        RecordedAnswer.IsLike("error-429-burst", refused);
        Assert.Equal("0", refused.Headers.GetValues("X-HubSpot-RateLimit-Remaining").Single());
        Assert.Equal(200, (await hubSpot.PostAsync($"{Contacts}/search", new { })).Status);
        RecordedAnswer.IsLike("error-429-search", await hubSpot.PostAsync($"{Contacts}/search", new { }));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await hubSpot.GetAsync(Contacts)).Status);
        RecordedAnswer.IsLike("error-429-daily", await hubSpot.GetAsync(Contacts));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, (await hubSpot.GetAsync(Contacts)).Status);
    }

    [Fact]
    public async Task Searches_and_lists_of_links_lag_behind()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions { Clock = clock });
        (twin.Faults.SearchLag, twin.Faults.AssociationLag) = (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(6));
        using var hubSpot = new TwinClient(twin);
        var contact = await hubSpot.CreateAsync("contacts", new { email = "a@north.example" });
        var deal = await hubSpot.CreateAsync("deals", new { dealname = "Roof" });
        await hubSpot.PutAsync($"/crm/v4/objects/deals/{deal}/associations/default/contacts/{contact}");

        Assert.Equal((0, 0), await SeenAsync(hubSpot, deal));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((1, 1), await SeenAsync(hubSpot, deal));
        await hubSpot.DeleteAsync($"{Contacts}/{contact}");
        Assert.Equal((0, 1), await SeenAsync(hubSpot, deal));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal((0, 0), await SeenAsync(hubSpot, deal));
    }

    [Fact]
    public async Task A_lifecycle_stage_moves_only_forward_and_a_date_has_no_hour()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions());
        using var hubSpot = new TwinClient(twin);
        var id = await hubSpot.CreateAsync("contacts", new { lifecyclestage = "customer" });

        Assert.Equal(200, (await hubSpot.PatchAsync($"{Contacts}/{id}", new { properties = new { lifecyclestage = "lead" } })).Status);
        Assert.Equal(400, (await hubSpot.PatchAsync($"{Contacts}/{id}", new { properties = new { renewal_date = "1587753210242" } })).Status);
        Assert.Equal(200, (await hubSpot.PatchAsync($"{Contacts}/{id}", new { properties = new { renewal_date = "2026-12-31" } })).Status);

        var contact = twin.State.Snapshot().Portals[21_478_362].Contacts.Live[id];
        Assert.Equal("customer", contact.Properties["lifecyclestage"]);
        Assert.Equal("2026-12-31", contact.Properties["renewal_date"]);
    }

    private static async Task<(int Found, int Linked)> SeenAsync(TwinClient hubSpot, long deal)
    {
        var found = await hubSpot.PostAsync($"{Contacts}/search", new
        {
            filterGroups = new[] { new { filters = new[] { new { propertyName = "lastmodifieddate", @operator = "GTE", value = "1000" } } } },
        });
        var linked = await hubSpot.GetAsync($"/crm/v4/objects/deals/{deal}/associations/contacts");
        return ((int)found.Body!["total"]!, linked.Body!["results"]!.AsArray().Count);
    }

    private static async Task<long> MergeAsync(TwinClient hubSpot, long primary, long loser)
    {
        var merged = await hubSpot.PostAsync($"{Contacts}/merge", new { primaryObjectId = $"{primary}", objectIdToMerge = $"{loser}" });
        Assert.Equal(200, merged.Status);
        return long.Parse((string)merged.Body!["id"]!);
    }
}
