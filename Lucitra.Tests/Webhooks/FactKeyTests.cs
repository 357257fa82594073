using System.Text;
using Lucitra.Webhooks;

namespace Lucitra.Tests.Webhooks;

public sealed class FactKeyTests
{
    [Fact]
    public void Repetitions_and_redeliveries_have_one_key()
    {
        var keys = Keys("14a-duplicates-in-one-batch").Concat(Keys("14b-retry-of-14a"));

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public void Facts_that_share_an_event_id_have_keys_of_their_own()
    {
        var keys = Keys("14a-duplicates-in-one-batch").Take(1).Concat(Keys("14c-event-id-collision"));

        Assert.Equal(3, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("01-contact-creation-with-initial-properties")]
    [InlineData("04c-contact-merge-primary-survives")]
    [InlineData("07-contact-deal-association-change")]
    [InlineData("13-out-of-order-pairs")]
    [InlineData("15-unknowns")]
    [InlineData("18-several-portals")]
    [InlineData("19-import-burst-100")]
    [InlineData("invalid/mixed-elements")]
    public void Different_facts_have_different_keys(string fixture)
    {
        var keys = Keys(fixture);

        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{43}$", key));
    }

    [Theory]
    [InlineData(
        """{"portalId":7,"occurredAt":5,"subscriptionType":"contact.creation","objectId":1,"subscriptionId":1,"changeFlag":"CREATED"}""",
        """{"portalId":7,"occurredAt":5,"subscriptionType":"object.creation","objectTypeId":"0-1","objectId":1,"subscriptionId":2}""")]
    [InlineData(
        """{"portalId":7,"occurredAt":5,"subscriptionType":"deal.propertyChange","objectId":1,"propertyName":"amount","propertyValue":""}""",
        """{"portalId":7,"occurredAt":5,"subscriptionType":"object.propertyChange","objectTypeId":"0-3","objectId":1,"propertyName":"amount","isSensitive":false}""")]
    [InlineData(
        """{"portalId":7,"occurredAt":5,"subscriptionType":"contact.associationChange","associationType":"CONTACT_TO_DEAL","fromObjectId":1,"toObjectId":2}""",
        """{"portalId":7,"occurredAt":5,"subscriptionType":"object.associationChange","fromObjectTypeId":"0-1","toObjectTypeId":"0-3","associationTypeId":4,"associationCategory":"HUBSPOT_DEFINED","fromObjectId":1,"toObjectId":2}""")]
    [InlineData(
        """{"portalId":7,"occurredAt":5,"subscriptionType":"contact.merge","primaryObjectId":1,"mergedObjectIds":[2,3],"newObjectId":4}""",
        """{"portalId":7,"occurredAt":5,"subscriptionType":"object.merge","objectTypeId":"0-1","objectId":1,"primaryObjectId":1,"mergedObjectIds":[3,2],"newObjectId":4}""")]
    [InlineData(
        """{"portalId":7,"occurredAt":5,"subscriptionType":"deal.mindMeld","objectId":1,"with":2,"eventId":1,"attemptNumber":0}""",
        """{"attemptNumber":3,"eventId":9,"with":2,"objectId":1,"subscriptionType":"object.mindMeld","objectTypeId":"0-3","portalId":7,"occurredAt":5}""")]
    public void Both_forms_of_a_fact_have_one_key(string classic, string generic) => Assert.Equal(Key(classic), Key(generic));

    [Theory]
    [InlineData("\"portalId\":7", "\"portalId\":8")]
    [InlineData("\"occurredAt\":5", "\"occurredAt\":6")]
    [InlineData("contact.", "deal.")]
    [InlineData("\"objectId\":1", "\"objectId\":2")]
    [InlineData("\"city\"", "\"state\"")]
    [InlineData("\"Porto\"", "\"Braga\"")]
    [InlineData("\"Porto\"", "\"\"")]
    public void Everything_that_makes_a_fact_another_one_changes_its_key(string part, string other)
    {
        const string Json =
            """{"portalId":7,"occurredAt":5,"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city","propertyValue":"Porto"}""";

        Assert.NotEqual(Key(Json), Key(Json.Replace(part, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_key_is_the_same_in_every_version() => Assert.Equal(
        "vlijPgMYCjOND4LiEfgvos1bBmSugtwnPnl7mhfsGPg",
        Key("""{"portalId":7,"occurredAt":5,"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city","propertyValue":"Porto"}"""));

    private static string Key(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return FactKey.Of(HubSpotEventParser.Parse(bytes).Fact!, bytes);
    }

    private static List<string> Keys(string fixture) => WebhookBody.Split(HubSpotFixtures.Body(fixture)).ConvertAll(json =>
        HubSpotEventParser.Parse(json).Fact is { } fact ? FactKey.Of(fact, json) : FactKey.OfMalformed(json.Span));
}
