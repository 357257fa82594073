using Lucitra.Tests.Support;
using Lucitra.Tests.Twin;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.WriteBack;

/// <summary>Links that are written to HubSpot while their records are changed there.</summary>
public sealed class LinkWriteBackTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_link_that_comes_back_before_its_removal_is_answered_is_there(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com" });
        var plan = await rig.MutateAsync("createDeal", new { name = "Annual plan", contactId = ada });
        await rig.ReachesAsync(plan, "SYNCED");
        await rig.SettledAsync();
        var (deal, contact) = (WriteBackRig.IdOf(await rig.ReadAsync(plan)), WriteBackRig.IdOf(await rig.ReadAsync(ada)));

        // HubSpot's clock is behind: by it, the link is back before it was removed here.
        (rig.Twin.Faults.Slow, rig.Twin.Faults.SlowFor) = (1, TimeSpan.FromSeconds(2));
        await rig.MutateAsync("unlinkContactFromDeal", new { dealId = plan, contactId = ada });
        await Eventually.IsTrueAsync(() => Task.FromResult(rig.Portal.Links.Count == 0));
        rig.Twin.Faults.Heal();
        using var user = new TwinClient(rig.Twin);
        await user.PutAsync($"/crm/v4/objects/deals/{deal}/associations/default/contacts/{contact}");
        await rig.ReachesAsync(plan, "SYNCED");
        await rig.SettledAsync();

        Assert.Single(rig.Portal.Links);
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_link_is_one_link_although_its_contact_is_merged_before_it_is_answered(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        var (ada, augusta) = (await rig.MutateAsync("createContact", new { email = "ada@example.com" }), await rig.MutateAsync("createContact", new { email = "augusta@example.com" }));
        var plan = await rig.MutateAsync("createDeal", new { name = "Annual plan" });
        foreach (var id in new[] { ada, augusta, plan })
            await rig.ReachesAsync(id, "SYNCED");
        await rig.SettledAsync();
        var (kept, merged) = (WriteBackRig.IdOf(await rig.ReadAsync(ada)), WriteBackRig.IdOf(await rig.ReadAsync(augusta)));

        (rig.Twin.Faults.Slow, rig.Twin.Faults.SlowFor) = (1, TimeSpan.FromSeconds(3));
        await rig.MutateAsync("linkContactToDeal", new { dealId = plan, contactId = augusta });
        await Eventually.IsTrueAsync(() => Task.FromResult(rig.Portal.Links.Count == 1));
        rig.Twin.Faults.Heal();
        using var user = new TwinClient(rig.Twin);
        await user.PostAsync("/crm/v3/objects/contacts/merge", new { primaryObjectId = $"{kept}", objectIdToMerge = $"{merged}" });
        await rig.ReachesAsync(plan, "SYNCED");
        await rig.SettledAsync();

        // The deal's links are looked at again, whoever tells of them.
        await user.DeleteAsync($"/crm/v4/objects/deals/{WriteBackRig.IdOf(await rig.ReadAsync(plan))}/associations/contacts/{rig.Portal.Links.Single().ContactId}");
        await rig.SettledAsync();
        Assert.Empty(rig.App.Errors.Errors);
        Assert.Equal(0, await rig.App.InDatabaseAsync(db => db.DealContacts.CountAsync()));
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task The_links_of_a_deal_that_was_deleted_before_they_could_be_sent_are_what_hubspot_says_when_it_comes_back(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        using var user = new TwinClient(rig.Twin);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com", lifecycleStage = "no such stage" });
        await rig.ReachesAsync(ada, "REFUSED");
        var plan = await rig.MutateAsync("createDeal", new { name = "Annual plan", contactId = ada });
        await rig.ReachesAsync(plan, "SYNCED");
        await user.DeleteAsync($"/crm/v3/objects/deals/{WriteBackRig.IdOf(await rig.ReadAsync(plan))}");
        await Eventually.IsTrueAsync(async () => (await rig.ReadAsync(plan)).Text("archivedAt") is not null);
        await rig.MutateAsync("updateContact", new { id = ada, lifecycleStage = "lead" });
        await rig.ReachesAsync(ada, "SYNCED");

        await RestoreAsync(rig, "deal", plan);

        Assert.Equal(0, await rig.App.InDatabaseAsync(db => db.DealContacts.CountAsync()));
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task The_links_of_a_contact_that_was_deleted_before_they_could_be_sent_are_what_hubspot_says_when_it_comes_back(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        using var user = new TwinClient(rig.Twin);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com" });
        await rig.ReachesAsync(ada, "SYNCED");
        await rig.Twin.Sender.PauseAsync();
        await user.DeleteAsync($"/crm/v3/objects/contacts/{WriteBackRig.IdOf(await rig.ReadAsync(ada))}");
        (rig.Twin.Faults.Migrating, rig.Twin.Faults.MigratingFor) = (true, TimeSpan.FromSeconds(1));
        var plan = await rig.MutateAsync("createDeal", new { name = "Annual plan", contactId = ada });
        rig.Twin.Sender.Resume();
        await Eventually.IsTrueAsync(async () => (await rig.ReadAsync(ada)).Text("archivedAt") is not null);
        rig.Twin.Faults.Heal();
        await rig.ReachesAsync(plan, "SYNCED");

        await RestoreAsync(rig, "contact", ada);

        Assert.Equal(0, await rig.App.InDatabaseAsync(db => db.DealContacts.CountAsync()));
        await rig.AssertEqualAsync();
    }

    private static async Task RestoreAsync(WriteBackRig rig, string objectType, string id)
    {
        await rig.SettledAsync();
        rig.Twin.State.Restore(rig.Portal.Id, objectType, WriteBackRig.IdOf(await rig.ReadAsync(id)));
        await rig.SettledAsync();
        Assert.Null((await rig.ReadAsync(id)).Text("archivedAt"));
    }
}
