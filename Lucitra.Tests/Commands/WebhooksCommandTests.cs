using Lucitra.Graph.Commands;

namespace Lucitra.Tests.Commands;

public sealed class WebhooksCommandTests
{
    [Fact]
    public void A_sample_can_be_sent_to_another_address()
    {
        var parsed = WebhooksCommand.Create().Parse(["sample", "--url", "http://localhost:9000/webhook"]);

        Assert.Empty(parsed.Errors);
        Assert.Equal(new Uri("http://localhost:9000/webhook"), parsed.GetValue<Uri>("--url"));
    }

    [Fact]
    public void An_address_that_is_no_URL_is_refused()
    {
        var parsed = WebhooksCommand.Create().Parse(["sample", "--url", "/webhook"]);

        Assert.Contains("https URL", Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }
}
