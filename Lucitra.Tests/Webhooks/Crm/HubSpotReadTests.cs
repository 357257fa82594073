using System.Text.Json.Nodes;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class HubSpotReadTests
{
    private static readonly string[] _properties = ["email", "firstname"];

    [Fact]
    public async Task A_record_is_read_with_its_properties_and_times()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get");

        var contact = await ReadAsync(portal, "508369441001");

        Assert.Equal("508369441001", contact!.Id);
        Assert.Equal("Aline", contact.Properties["firstname"]);
        Assert.Null(contact.Properties["phone"]);
        Assert.Equal(new DateTime(2026, 10, 5, 8, 46, 0, 412, DateTimeKind.Utc), contact.UpdatedAt);
        Assert.Equal(DateTimeKind.Utc, contact.UpdatedAt.Kind);
        Assert.False(contact.IsArchived);
        var call = Assert.Single(portal.HubSpot.Calls);
        Assert.Equal("GET /crm/v3/objects/contacts/508369441001?properties=email%2Cfirstname&archived=false", call.Line);
        Assert.Equal($"Bearer {CrmPortal.Token}", call.Authorization);
    }

    [Fact]
    public async Task An_archived_record_says_since_when()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get-archived");

        var contact = await portal.Client.ReadAsync("contact", "508369441010", _properties, archived: true, HubSpotCallPriority.Live, default);

        Assert.True(contact!.IsArchived);
        Assert.Equal(new DateTime(2026, 10, 5, 8, 32, 0, DateTimeKind.Utc), contact.ArchivedAt);
        Assert.EndsWith("archived=true", portal.HubSpot.Calls.Single().Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merged_away_id_is_answered_with_the_survivor()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get-via-merged-id");

        Assert.Equal("510020030001", (await ReadAsync(portal, "508369441102"))!.Id);
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_null()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get-404");

        Assert.Null(await ReadAsync(portal, "123"));
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task Members_nobody_asked_for_do_no_harm()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("deal-get-with-associations");

        var deal = await portal.Client.ReadAsync("deal", "332507368001", ["amount"], archived: false, HubSpotCallPriority.Live, default);

        Assert.Equal("1234.50", deal!.Properties["amount"]);
    }

    [Fact]
    public async Task Ids_and_values_may_be_numbers()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"id":508369441001,"properties":{"amount":12.50,"hs_is_closed":true},"createdAt":"2026-10-05T10:30:00+02:00","updatedAt":"2026-10-05T08:30:00Z"}"""));

        var contact = await ReadAsync(portal, "508369441001");

        Assert.Equal("508369441001", contact!.Id);
        Assert.Equal("12.50", contact.Properties["amount"]);
        Assert.Equal("true", contact.Properties["hs_is_closed"]);
        Assert.Equal(new DateTime(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc), contact.CreatedAt);
    }

    [Fact]
    public async Task More_properties_than_a_url_holds_are_read_by_a_second_call()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get-via-merged-id");
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"results":[{"id":"510020030001","properties":{"property_999":"x"},"createdAt":"2026-10-05T08:30:00Z","updatedAt":"2026-10-05T08:30:00Z"}]}"""));
        string[] many = [.. Enumerable.Range(0, 1_000).Select(number => $"property_{number}")];

        var contact = await portal.Client.ReadAsync("contact", "508369441102", many, archived: false, HubSpotCallPriority.Live, default);

        Assert.Equal("x", contact!.Properties["property_999"]);
        Assert.True(portal.HubSpot.Calls[0].Line.Length < 200);
        Assert.Equal("510020030001", (string?)JsonNode.Parse(portal.HubSpot.Calls[1].Body)!["inputs"]![0]!["id"]);
    }

    [Fact]
    public async Task A_batch_finds_what_is_there()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Of("contacts-batch-read-200").With("Date", "Mon, 05 Oct 2026 08:50:00 GMT"));

        var batch = await BatchAsync(portal, "508369441001", "508369441002", "508369441001");

        Assert.Equal(["508369441001", "508369441002"], batch.Found.Select(found => found.Id));
        Assert.Equal("Ѓорѓи", batch.Found[1].Properties["firstname"]);
        Assert.Empty(batch.Missing);
        Assert.Equal(new DateTime(2026, 10, 5, 8, 50, 0, DateTimeKind.Utc), batch.ReadAt);
        Assert.Equal(2, JsonNode.Parse(portal.HubSpot.Calls.Single().Body)!["inputs"]!.AsArray().Count);
    }

    [Fact]
    public async Task Ids_that_a_batch_names_as_missing_are_missing()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-batch-read-207");

        var batch = await BatchAsync(portal, "508369441001", "508369441010", "123");

        Assert.Equal("508369441001", Assert.Single(batch.Found).Id);
        Assert.Equal(["508369441010", "123"], batch.Missing);
        Assert.Equal(portal.Clock.GetUtcNow().UtcDateTime, batch.ReadAt);
    }

    [Fact]
    public async Task Ids_that_a_batch_leaves_out_are_missing()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-batch-read-200");

        Assert.Equal(["7"], (await BatchAsync(portal, "508369441001", "508369441002", "7")).Missing);
    }

    [Fact]
    public async Task An_error_in_a_batch_that_does_not_say_not_found_fails_it()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => ApiAnswer.Json(
            """{"results":[],"errors":[{"category":"INTERNAL_ERROR","message":"x","context":{"ids":["7"]}}]}""", status: 207));

        var fault = await portal.FailureOfAsync(BatchAsync(portal, "7"));

        Assert.Equal(HubSpotErrorKind.Unexpected, fault.Kind);
    }

    [Fact]
    public async Task No_ids_need_no_call()
    {
        await using var portal = new CrmPortal();

        Assert.Empty((await BatchAsync(portal)).Found);
        Assert.Empty(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task A_batch_takes_no_more_than_a_hundred()
    {
        await using var portal = new CrmPortal();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => BatchAsync(portal, [.. Enumerable.Range(1, 101).Select(id => $"{id}")]));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-list-page", "contacts-list-last-page");
        var ids = new List<string>();
        string? after = null;
        do
        {
            var page = await portal.Client.ListAsync("contact", after, 2, _properties, archived: false, HubSpotCallPriority.Backfill, default);
            ids.AddRange(page.Results.Select(row => row.Id));
            after = page.After;
        }
        while (after is not null);

        Assert.Equal(["508369441001", "508369441002", "508369441003"], ids);
        Assert.Equal(
            "GET /crm/v3/objects/contacts?limit=2&after=508369441003&properties=email%2Cfirstname&archived=false", portal.HubSpot.Calls[1].Line);
    }

    private static Task<HubSpotObject?> ReadAsync(CrmPortal portal, string id) =>
        portal.Client.ReadAsync("contact", id, _properties, archived: false, HubSpotCallPriority.Live, default);

    private static Task<HubSpotBatch> BatchAsync(CrmPortal portal, params string[] ids) =>
        portal.Client.BatchReadAsync("contact", ids, _properties, archived: false, HubSpotCallPriority.Live, default);
}
