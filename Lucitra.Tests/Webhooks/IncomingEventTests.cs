using System.Text;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Queue;

namespace Lucitra.Tests.Webhooks;

public sealed class IncomingEventTests
{
    private static readonly DateTime _receivedAt = new(2026, 10, 5, 8, 30, 0, DateTimeKind.Utc);

    [Fact]
    public void A_row_keeps_the_element_letter_for_letter_and_the_trace_that_brought_it()
    {
        const string Element = """{ "portalId":7,"occurredAt":5,"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"city","propertyValue":"\u0000\u00e9" }""";

        var row = Assert.Single(Read($"[ {Element} ]")).ToRow(Guid.Empty);

        Assert.Equal(Element, row.Raw);
        Assert.Equal(("contact", "propertyChange", "city"), (row.ObjectType, row.Kind, row.PropertyName));
        Assert.Equal((_receivedAt, "0af7651916cd43dd8448eb211c80319c"), (row.ReceivedAt, row.TraceId));
    }

    [Fact]
    public void An_element_that_is_no_fact_keeps_its_text_and_a_problem()
    {
        var incoming = Assert.Single(Read("[42]"));

        Assert.Equal("the element is not an object", incoming.Problem);
        Assert.Equal(("42", null), (incoming.ToRow(Guid.Empty).Raw, incoming.ToRow(Guid.Empty).Kind));
    }

    [Fact]
    public void A_queued_body_that_is_not_json_is_one_event_without_nul_characters() =>
        Assert.Equal("\uFFFD[", Assert.Single(Read("\0[")).ToRow(Guid.Empty).Raw);

    [Fact]
    public void A_stored_event_is_read_back_as_the_fact_it_was()
    {
        foreach (var told in Read(Encoding.UTF8.GetString(HubSpotFixtures.Body("12-generic-deal-all-kinds"))))
        {
            var again = IncomingEvent.Of(told.ToRow(Guid.Empty));

            Assert.True(again.IsStored);
            Assert.Equal((told.Key, told.Fact?.ObjectId), (again.Key, again.Fact?.ObjectId));
        }
    }

    private static List<IncomingEvent> Read(string body) => IncomingEvent.AllOf(new QueuedMessage
    {
        Body = Encoding.UTF8.GetBytes(body),
        ReceivedAt = _receivedAt,
        TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    });
}
