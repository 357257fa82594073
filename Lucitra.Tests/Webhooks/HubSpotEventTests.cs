using System.Text;
using System.Text.Json;
using Lucitra.Webhooks;

namespace Lucitra.Tests.Webhooks;

public sealed class HubSpotEventTests
{
    private const string Base = "\"portalId\":7,\"occurredAt\":1791189000000";

    public static TheoryData<string> FixtureNames => [.. HubSpotFixtures.Names()];

    [Theory]
    [MemberData(nameof(FixtureNames))]
    public void Every_element_of_a_fixture_is_a_fact(string fixture)
    {
        foreach (var json in WebhookBody.Split(HubSpotFixtures.Body(fixture)))
        {
            var (fact, problem) = HubSpotEventParser.Parse(json);

            Assert.Null(problem);
            using var element = JsonDocument.Parse(json);
            Assert.Equal(element.RootElement.GetProperty("portalId").GetInt64(), fact!.PortalId);
            var occurredAt = new DateTimeOffset(fact.OccurredAt).ToUnixTimeMilliseconds();
            Assert.Equal(element.RootElement.GetProperty("occurredAt").GetInt64(), occurredAt);
            Assert.Equal(DateTimeKind.Utc, fact.OccurredAt.Kind);
            if (element.RootElement.TryGetProperty("objectId", out var objectId))
                Assert.Equal(objectId.GetInt64(), fact.ObjectId);
        }
    }

    [Theory]
    [InlineData("11-generic-contact-all-kinds", "contact")]
    [InlineData("12-generic-deal-all-kinds", "deal")]
    public void The_generic_form_is_named_like_the_classic_form(string fixture, string objectType) =>
        Assert.All(Facts(fixture), fact => Assert.Equal(objectType, fact.ObjectType));

    [Fact]
    public void Unknown_names_are_kept_as_they_are()
    {
        var names = Facts("15-unknowns").Select(fact => $"{fact.ObjectType}.{fact.Kind}");

        Assert.Equal(
            [
                "contact.propertyChange", "contact.mindMeld", "2-143967026.propertyChange", "contact.propertyChange",
                "conversation.newMessage", "company.creation", "contact.propertyChange", "contact.creation",
            ],
            names);
    }

    [Fact]
    public void Identifiers_past_double_precision_are_exact() =>
        Assert.Equal(9_007_199_254_740_993, Assert.Single(Facts("20b-int64-identifier")).ObjectId);

    [Fact]
    public void The_test_button_is_recognised()
    {
        Assert.All(Facts("21-hubspot-test-button"), fact => Assert.True(fact.IsTest));
        Assert.All(Facts("01-contact-creation-with-initial-properties"), fact => Assert.False(fact.IsTest));
    }

    [Fact]
    public void The_key_of_the_guide_is_read_like_the_one_of_real_deliveries()
    {
        var fact = Assert.Single(Facts("23-legacy-eventtype-key"));

        Assert.Equal(("contact", "propertyChange", "lifecyclestage"), (fact.ObjectType, fact.Kind, fact.PropertyName));
    }

    [Fact]
    public void Withheld_values_are_marked() =>
        Assert.All(Facts("16-sensitive-values"), fact => Assert.True(fact.IsRedacted));

    [Fact]
    public void A_long_value_is_kept_whole() =>
        Assert.Equal(65_536, Assert.Single(Facts("27-max-length-text")).PropertyValue!.Length);

    [Fact]
    public void An_association_event_is_about_the_record_it_starts_from()
    {
        var fact = Facts("07-contact-deal-association-change")[^1];

        Assert.Equal(332_507_368_001, fact.ObjectId);
        Assert.Equal(new HubSpotAssociation(332_507_368_001, "deal", 58_061_514_001, "line_item", null, false, false), fact.Association);
    }

    [Fact]
    public void A_labelled_link_is_told_from_a_plain_one()
    {
        var links = Facts("12-generic-deal-all-kinds").Select(fact => fact.Association).OfType<HubSpotAssociation>();

        Assert.Equal([null, "USER_DEFINED:36"], links.Select(link => link.Label));
    }

    [Fact]
    public void A_merge_names_every_record_it_touches()
    {
        var merge = Assert.Single(Facts("04b-contact-merge-no-object-id-multi")).Merge!;

        Assert.Equal((508_369_441_110L, 510_020_030_002L), (merge.PrimaryObjectId, merge.NewObjectId));
        Assert.Equal([508_369_441_111, 508_369_441_112, 508_369_441_113], merge.MergedObjectIds);
    }

    [Theory]
    [InlineData("\"propertyValue\":\"\"", null)]
    [InlineData("\"propertyValue\":null", null)]
    [InlineData("\"other\":1", null)]
    [InlineData("\"propertyValue\":\" \"", " ")]
    [InlineData("\"propertyValue\":12.50", "12.50")]
    [InlineData("\"propertyValue\":true", "true")]
    [InlineData("\"propertyValue\":\"a\\u0000b\"", "a\uFFFDb")]
    [InlineData("\"propertyValue\":\"\\ud83e\\udd50\"", "🥐")]
    public void A_value_is_text_or_cleared(string member, string? expected)
    {
        var (fact, problem) = Parse($$"""{{{Base}},"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city",{{member}}}""");

        Assert.Null(problem);
        Assert.Equal(expected, fact!.PropertyValue);
    }

    [Theory]
    [InlineData("invalid/mixed-elements", new[] { true, false, false, false, false, false })]
    [InlineData("invalid/wrong-types", new[] { true, false, false })]
    [InlineData("invalid/duplicate-keys", new[] { false })]
    [InlineData("invalid/deep-nesting", new[] { false })]
    [InlineData("invalid/truncated", new[] { false })]
    [InlineData("invalid/empty", new[] { false })]
    [InlineData("invalid/bom-prefixed", new[] { true })]
    public void A_bad_element_does_not_touch_its_neighbours(string fixture, bool[] isFact) =>
        Assert.Equal(isFact, WebhookBody.Split(HubSpotFixtures.Body(fixture)).Select(json => HubSpotEventParser.Parse(json).Fact is not null));

    [Fact]
    public void Numbers_may_be_text()
    {
        var json = WebhookBody.Split(HubSpotFixtures.Body("invalid/wrong-types"))[0];

        var fact = HubSpotEventParser.Parse(json).Fact!;

        Assert.Equal((21_478_362L, 508_369_441_702L, 0), (fact.PortalId, fact.ObjectId!.Value, fact.AttemptNumber!.Value));
    }

    [Theory]
    [InlineData("""{"occurredAt":1,"subscriptionType":"contact.creation","objectId":1}""", "portalId is missing")]
    [InlineData("""{"portalId":7,"subscriptionType":"contact.creation","objectId":1}""", "occurredAt is missing")]
    [InlineData("""{"portalId":7,"occurredAt":-1,"subscriptionType":"a.creation","objectId":1}""", "occurredAt is not a time in Unix milliseconds")]
    [InlineData("""{"portalId":7,"occurredAt":9e18,"subscriptionType":"a.b"}""", "occurredAt is not an integer of 64 bits")]
    [InlineData("""{"portalId":7,"occurredAt":253402300800000,"subscriptionType":"a.b"}""", "occurredAt is not a time in Unix milliseconds")]
    [InlineData("""{"portalId":7.5,"occurredAt":1,"subscriptionType":"a.b"}""", "portalId is not an integer of 64 bits")]
    [InlineData("""{"portalId":7,"occurredAt":1}""", "subscriptionType is missing")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"contact"}""", "subscriptionType is not of the form object.kind")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":{}}""", "subscriptionType is not text, or not valid Unicode")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"object.creation","objectId":1}""", "objectTypeId is missing")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"contact.creation","objectId":null}""", "objectId is missing")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"contact.mindMeld","objectId":"x"}""", "objectId is not an integer of 64 bits")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"deal.propertyChange","objectId":1}""", "propertyName is missing")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"deal.associationChange","fromObjectId":1}""", "fromObjectId or toObjectId is missing")]
    [InlineData("""{"portalId":7,"occurredAt":1,"subscriptionType":"deal.merge","mergedObjectIds":[1,null]}""", "mergedObjectIds is not an array of integers")]
    [InlineData("""{"portalId":7,"portalId":7,"occurredAt":1,"subscriptionType":"a.b"}""", "the element names a member twice, or is not JSON")]
    [InlineData("""{"portalId":7,"\u0070ortalId":7,"occurredAt":1,"subscriptionType":"a.b"}""", "the element names a member twice, or is not JSON")]
    [InlineData("42", "the element is not an object")]
    public void What_is_ambiguous_or_incomplete_is_malformed(string json, string expected)
    {
        var (fact, problem) = Parse(json);

        Assert.Null(fact);
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_lone_surrogate_is_malformed()
    {
        var (fact, problem) = Parse(
            $$"""{{{Base}},"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city","propertyValue":"\ud800"}""");

        Assert.Null(fact);
        Assert.Equal("propertyValue is not text, or not valid Unicode", problem);
    }

    [Fact]
    public void A_lone_surrogate_in_a_name_is_malformed() =>
        Assert.Null(Parse($$"""{{{Base}},"subscriptionType":"contact.creation","objectId":1,"\ud800":1}""").Fact);

    [Fact]
    public void Bytes_that_are_not_utf8_are_malformed()
    {
        byte[] json =
        [
            .. Encoding.UTF8.GetBytes($$"""{{{Base}},"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city","propertyValue":""" + "\""),
            0xFF,
            .. "\"}"u8,
        ];

        Assert.Null(HubSpotEventParser.Parse(json).Fact);
    }

    [Fact]
    public void Metadata_that_cannot_be_read_does_not_cost_the_fact()
    {
        var (fact, problem) = Parse(
            $$"""{{{Base}},"subscriptionType":"contact.creation","objectId":1,"eventId":"x","subscriptionId":{},"attemptNumber":1e99,"sourceId":[]}""");

        Assert.Null(problem);
        Assert.Null(fact!.EventId ?? fact.SubscriptionId ?? fact.AttemptNumber);
    }

    private static (HubSpotEvent? Fact, string? Problem) Parse(string json) => HubSpotEventParser.Parse(Encoding.UTF8.GetBytes(json));

    private static List<HubSpotEvent> Facts(string fixture) =>
        WebhookBody.Split(HubSpotFixtures.Body(fixture)).ConvertAll(json => HubSpotEventParser.Parse(json).Fact!);
}
