using System.Text.Json.Nodes;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class HubSpotLinksTests
{
    [Fact]
    public async Task Every_record_asked_for_has_its_links_or_none()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("associations-v4-batch-read");
        portal.HubSpot.Otherwise = (_, _) => Task.FromResult(ApiAnswer.Json("""{"results":[]}"""));

        var links = await LinksAsync(portal, "332507368001", "332507368002");

        Assert.Equal(["508369441001"], links.ByFrom["332507368001"]);
        Assert.Empty(links.ByFrom["332507368002"]);
        Assert.Equal("POST /crm/v4/associations/deals/contacts/batch/read", portal.HubSpot.Calls[0].Line);
    }

    [Fact]
    public async Task A_record_that_is_dropped_silently_is_asked_for_again()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"results":[{"from":{"id":"6"},"to":[{"toObjectId":"1"}]}]}"""));
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"results":[]}"""));
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"results":[{"from":{"id":"5"},"to":[{"toObjectId":"2"}]}]}"""));

        var links = await LinksAsync(portal, "5", "6");

        Assert.Equal(["2"], links.ByFrom["5"]);
        Assert.Equal(["1"], links.ByFrom["6"]);
        Assert.Equal("""{"inputs":[{"id":"5"}]}""", portal.HubSpot.Calls[2].Body);
    }

    [Fact]
    public async Task A_record_of_which_nothing_is_said_three_times_has_no_links()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Otherwise = (_, _) => Task.FromResult(ApiAnswer.Json("""{"results":[]}"""));

        Assert.Empty((await LinksAsync(portal, "5")).ByFrom["5"]);
        Assert.Equal(3, portal.HubSpot.Calls.Count);
    }

    [Fact]
    public async Task More_links_than_a_page_holds_are_all_read_and_each_once()
    {
        await using var portal = new CrmPortal();
        var page = JsonNode.Parse(ApiAnswer.Of("associations-v4-get").Body)!;
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            $$"""
            {"results":[{"from":{"id":332507368001},"to":{{page["results"]}},"paging":{{page["paging"]}}},
                        {"from":{"id":"332507368002"},"to":[{"toObjectId":"1"}]}]}
            """));
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"results":[{"from":{"id":"332507368001"},"to":[{"toObjectId":"508369441002"},{"toObjectId":"508369441001"}]}]}"""));

        var links = await LinksAsync(portal, "332507368001", "332507368002");

        Assert.Equal(["508369441001", "508369441002"], links.ByFrom["332507368001"]);
        Assert.Equal(["1"], links.ByFrom["332507368002"]);
        Assert.Equal("""{"inputs":[{"id":"332507368001","after":"NTA4MzY5NDQxMDAy"}]}""", portal.HubSpot.Calls[1].Body);
    }

    [Fact]
    public async Task A_record_without_links_is_no_error()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"results":[],"errors":[{"category":"OBJECT_NOT_FOUND","subCategory":"crm.associations.NO_ASSOCIATIONS_FOUND","context":{"fromObjectId":["5"]}}]}""", 207));

        Assert.Empty((await LinksAsync(portal, "5")).ByFrom["5"]);
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task Links_that_could_not_be_read_do_not_pass_for_none()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json("""{"results":[],"errors":[{"category":"INTERNAL_ERROR"}]}""", 207));

        await portal.FailureOfAsync(LinksAsync(portal, "5"));
    }

    [Fact]
    public async Task A_page_that_leads_to_itself_ends()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Otherwise = (_, _) => Task.FromResult(ApiAnswer.Json(
            """{"results":[{"from":{"id":"5"},"to":[{"toObjectId":"1"}],"paging":{"next":{"after":"same"}}}]}"""));

        Assert.Equal(HubSpotErrorKind.Unexpected, (await portal.FailureOfAsync(LinksAsync(portal, "5"))).Kind);
    }

    [Fact]
    public async Task Records_are_linked_and_unlinked()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json("{}"));
        portal.HubSpot.Answer(_ => new ApiAnswer(204, new Dictionary<string, string>(), ""));

        await portal.Client.LinkAsync("deal", "5", "contact", "7", HubSpotCallPriority.WriteBack, default);
        await portal.Client.UnlinkAsync("deal", "5", "contact", "7", HubSpotCallPriority.WriteBack, default);

        Assert.Equal(
            ["PUT /crm/v4/objects/deals/5/associations/default/contacts/7", "DELETE /crm/v4/objects/deals/5/associations/contacts/7"],
            portal.HubSpot.Calls.Select(call => call.Line));
    }

    private static Task<HubSpotLinks> LinksAsync(CrmPortal portal, params string[] ids) =>
        portal.Client.LinksAsync("deal", ids, "contact", HubSpotCallPriority.Live, default);
}
