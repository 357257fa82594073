using System.Text;
using Lucitra.Webhooks;

namespace Lucitra.Tests.Webhooks;

public sealed class WebhookBodyTests
{
    public static TheoryData<string> FixtureNames => [.. HubSpotFixtures.Names()];

    [Theory]
    [InlineData("invalid/not-an-array", nameof(WebhookBodyVerdict.NotAnArray), 0)]
    [InlineData("invalid/truncated", nameof(WebhookBodyVerdict.NotJson), 1)]
    [InlineData("invalid/empty", nameof(WebhookBodyVerdict.Empty), 0)]
    [InlineData("invalid/null", nameof(WebhookBodyVerdict.NotAnArray), 0)]
    [InlineData("invalid/deep-nesting", nameof(WebhookBodyVerdict.TooDeep), 1)]
    [InlineData("invalid/mixed-elements", nameof(WebhookBodyVerdict.Readable), 6)]
    [InlineData("invalid/wrong-types", nameof(WebhookBodyVerdict.Readable), 3)]
    [InlineData("invalid/duplicate-keys", nameof(WebhookBodyVerdict.Readable), 1)]
    [InlineData("invalid/over-100-events", nameof(WebhookBodyVerdict.Readable), 137)]
    [InlineData("invalid/bom-prefixed", nameof(WebhookBodyVerdict.Readable), 1)]
    [InlineData("19-import-burst-100", nameof(WebhookBodyVerdict.Readable), 100)]
    [InlineData("22-empty-batch", nameof(WebhookBodyVerdict.Readable), 0)]
    public void The_outline_of_a_fixture_gets_its_verdict(string fixture, string verdict, int events)
    {
        var scanned = WebhookBody.Scan(HubSpotFixtures.Body(fixture), maxEvents: 1_000);

        Assert.Equal((verdict, events), (scanned.Verdict.ToString(), scanned.Events));
    }

    [Theory]
    [InlineData("", nameof(WebhookBodyVerdict.Empty))]
    [InlineData(" \r\n\t", nameof(WebhookBodyVerdict.Empty))]
    [InlineData("\uFEFF", nameof(WebhookBodyVerdict.Empty))]
    [InlineData("\"[]\"", nameof(WebhookBodyVerdict.NotAnArray))]
    [InlineData("[] []", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData("[{}],", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData("[{},]", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData("[1/*2*/]", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData("[NaN]", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData("[\"\u0001\"]", nameof(WebhookBodyVerdict.NotJson))]
    [InlineData(" [ ] ", nameof(WebhookBodyVerdict.Readable))]
    [InlineData("[[],{},1,\"a\",null,true]", nameof(WebhookBodyVerdict.Readable))]
    public void The_outline_of_a_body_gets_its_verdict(string body, string verdict) =>
        Assert.Equal(verdict, WebhookBody.Scan(Encoding.UTF8.GetBytes(body), maxEvents: 1_000).Verdict.ToString());

    [Theory]
    [InlineData(64, nameof(WebhookBodyVerdict.Readable))]
    [InlineData(65, nameof(WebhookBodyVerdict.TooDeep))]
    [InlineData(100_000, nameof(WebhookBodyVerdict.TooDeep))]
    public void A_body_is_nested_at_most_64_levels(int levels, string verdict)
    {
        var body = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));

        Assert.Equal(verdict, WebhookBody.Scan(body, maxEvents: 1_000).Verdict.ToString());
    }

    [Theory]
    [InlineData(3, nameof(WebhookBodyVerdict.Readable))]
    [InlineData(2, nameof(WebhookBodyVerdict.TooManyEvents))]
    public void A_body_holds_at_most_so_many_events(int maxEvents, string verdict) =>
        Assert.Equal(verdict, WebhookBody.Scan("[{},{},{}]"u8, maxEvents).Verdict.ToString());

    [Theory]
    [MemberData(nameof(FixtureNames))]
    public void The_elements_of_a_body_put_together_are_the_body(string fixture)
    {
        var body = HubSpotFixtures.Body(fixture);

        var elements = WebhookBody.Split(body).Select(element => Encoding.UTF8.GetString(element.Span)).ToList();

        Assert.Equal(Encoding.UTF8.GetString(body), $"[{string.Join(',', elements)}]");
        Assert.Equal(elements.Count, WebhookBody.Scan(body, maxEvents: 1_000).Events);
    }

    [Theory]
    [InlineData("invalid/truncated")]
    [InlineData("invalid/not-an-array")]
    [InlineData("invalid/deep-nesting")]
    public void A_body_that_is_no_array_is_one_element(string fixture)
    {
        var body = HubSpotFixtures.Body(fixture);

        Assert.Equal(body, Assert.Single(WebhookBody.Split(body)).ToArray());
    }

    [Fact]
    public void A_byte_order_mark_belongs_to_no_element() =>
        Assert.Equal("{\"a\":1}"u8.ToArray(), Assert.Single(WebhookBody.Split("\uFEFF[{\"a\":1}]"u8.ToArray())).ToArray());
}
