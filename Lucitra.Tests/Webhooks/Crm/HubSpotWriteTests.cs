using System.Net;
using System.Text.Json.Nodes;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Tests.Webhooks.Crm;

public sealed class HubSpotWriteTests
{
    private static readonly Dictionary<string, string?> _email = new() { ["email"] = "secret.person@corp.example" };

    [Fact]
    public async Task An_update_sends_values_and_clears_with_empty_text()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-get");

        await portal.Client.UpdateAsync("contact", "508369441001", new Dictionary<string, string?> { ["phone"] = null, ["city"] = "Porto" }, HubSpotCallPriority.WriteBack, default);

        var call = portal.HubSpot.Calls.Single();
        Assert.Equal("PATCH /crm/v3/objects/contacts/508369441001", call.Line);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"properties":{"phone":"","city":"Porto"}}"""), JsonNode.Parse(call.Body)), call.Body);
    }

    [Fact]
    public async Task A_contact_that_exists_is_a_conflict_with_its_id()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-create-409");

        var fault = await portal.FailureOfAsync(CreateAsync(portal));

        Assert.Equal((HubSpotErrorKind.Conflict, "508369441001"), (fault.Kind, fault.ExistingId));
        Assert.False(fault.IsTransient || fault.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_refused_property_is_named_and_its_value_is_not()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contact-patch-400");

        var fault = await portal.FailureOfAsync(portal.Client.UpdateAsync("contact", "1", _email, HubSpotCallPriority.WriteBack, default));

        Assert.Equal((HubSpotErrorKind.Validation, "VALIDATION_ERROR", "PROPERTY_DOESNT_EXIST"), (fault.Kind, fault.Category, fault.Code));
        Assert.Equal(["zz_custom"], fault.PropertyNames);
        Assert.Equal("7c1d2f7e-3f0a-4b8e-9d55-0a6be61f2a10", fault.CorrelationId);
        Assert.DoesNotContain("secret.person", fault.ToString(), StringComparison.Ordinal);
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task A_create_whose_outcome_is_unknown_is_not_repeated()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-502");

        var fault = await portal.FailureOfAsync(CreateAsync(portal));

        Assert.True(fault.IsOutcomeUnknown);
        Assert.Equal((HubSpotErrorKind.Unavailable, HttpStatusCode.BadGateway), (fault.Kind, fault.Status));
        Assert.Single(portal.HubSpot.Calls);
    }

    [Fact]
    public async Task A_create_that_surely_did_not_happen_is_repeated()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("error-429-burst");
        portal.HubSpot.Answer(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));
        portal.HubSpot.Answer("contact-get");

        Assert.Equal("508369441001", (await portal.PassTimeAsync(CreateAsync(portal))).Id);
        Assert.Equal(3, portal.HubSpot.Calls.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cut_connection_leaves_only_a_create_unknown(bool isCreate)
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Otherwise = (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded);

        var fault = await portal.FailureOfAsync(isCreate ? (Task)CreateAsync(portal) : portal.ReadAsync());

        Assert.Equal(isCreate, fault.IsOutcomeUnknown);
        Assert.Equal(isCreate ? 1 : 4, portal.HubSpot.Calls.Count);
    }

    [Fact]
    public async Task A_write_that_a_batch_leaves_out_is_refused()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-batch-update-silent-skip-200");

        var batch = await portal.Client.BatchUpdateAsync(
            "contact", [new HubSpotWrite("508369441102", _email), new HubSpotWrite("508369441001", _email)], HubSpotCallPriority.WriteBack, default);

        Assert.Equal("508369441001", Assert.Single(batch.Written).Write.Id);
        var refusal = Assert.Single(batch.Refused);
        Assert.Equal(("508369441102", HubSpotErrorKind.NotFound), (refusal.Write.Id, refusal.Kind));
    }

    [Fact]
    public async Task An_upsert_tells_what_is_new()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-batch-upsert-200");

        var batch = await UpsertAsync(portal);

        Assert.Equal([("outbox-1002", true), ("outbox-1001", false)], batch.Written.Select(written => (written.Write.TraceId!, written.IsNew)));
        Assert.Equal("508369449001", batch.Written[0].Record.Id);
        Assert.Empty(batch.Refused);
        var first = JsonNode.Parse(portal.HubSpot.Calls.Single().Body)!["inputs"]![0]!;
        Assert.Equal(("email", "outbox-1002"), ((string?)first["idProperty"], (string?)first["objectWriteTraceId"]));
    }

    [Fact]
    public async Task A_batch_refuses_single_writes_with_their_reason()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer("contacts-batch-upsert-207");

        var batch = await UpsertAsync(portal);

        Assert.Equal("outbox-1001", Assert.Single(batch.Written).Write.TraceId);
        var refusal = Assert.Single(batch.Refused);
        Assert.Equal(("outbox-1002", HubSpotErrorKind.Validation, "INVALID_EMAIL"), (refusal.Write.TraceId, refusal.Kind, refusal.Code));
        Assert.Equal(["email"], refusal.PropertyNames);
    }

    [Fact]
    public async Task Archiving_what_is_gone_is_fine()
    {
        await using var portal = new CrmPortal();
        portal.HubSpot.Answer(_ => new ApiAnswer(204, new Dictionary<string, string>(), ""));
        portal.HubSpot.Answer("contact-get-404");

        await portal.Client.ArchiveAsync("deal", "5", HubSpotCallPriority.WriteBack, default);
        await portal.Client.ArchiveAsync("deal", "5", HubSpotCallPriority.WriteBack, default);

        Assert.All(portal.HubSpot.Calls, call => Assert.Equal("DELETE /crm/v3/objects/deals/5", call.Line));
    }

    private static Task<HubSpotObject> CreateAsync(CrmPortal portal) =>
        portal.Client.CreateAsync("contact", _email, HubSpotCallPriority.WriteBack, default);

    private static Task<HubSpotWriteBatch> UpsertAsync(CrmPortal portal) => portal.Client.UpsertAsync(
        "contact",
        "email",
        [new HubSpotWrite("brand.new@corp.example", _email, "outbox-1002"), new HubSpotWrite("aline.duarte@northwharf.example", _email, "outbox-1001")],
        HubSpotCallPriority.WriteBack,
        default);
}
