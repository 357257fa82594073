using Lucitra.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Webhooks;

public sealed class WebhookOptionsTests
{
    [Fact]
    public void The_defaults_with_a_secret_and_a_url_are_valid()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), Read<HubSpotOptions>().MaxRequestAge);
        Assert.Equal(16_777_216, Read<WebhookOptions>().MaxBodyBytes);
        Assert.False(Read<HubSpotOptions>().AcceptV1 || Read<HubSpotOptions>().AcceptV2);
    }

    [Theory]
    [InlineData("HubSpot:ClientSecret", "", "HubSpot__ClientSecret")]
    [InlineData("HubSpot:ClientSecret", " , ", "HubSpot__ClientSecret")]
    [InlineData("HubSpot:PublicBaseUrl", "", "HubSpot__PublicBaseUrl")]
    [InlineData("HubSpot:PublicBaseUrl", "hooks.example.com", "is not an absolute")]
    [InlineData("HubSpot:PublicBaseUrl", "ftp://hooks.example.com", "is not an absolute")]
    [InlineData("HubSpot:PublicBaseUrl", "https://hooks.example.com?a=1", "a query")]
    [InlineData("HubSpot:PublicBaseUrl", "https://hooks.example.com/webhook", "ends in /webhook")]
    [InlineData("HubSpot:MaxRequestAge", "00:20:00", "MaxRequestAge")]
    public void A_setting_that_would_let_anybody_in_is_refused_by_name(string setting, string value, string named)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read<HubSpotOptions>((setting, value)));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhooks:MaxBodyBytes", "0", "MaxBodyBytes")]
    [InlineData("Webhooks:MaxEventsPerBatch", "1", "MaxEventsPerBatch")]
    [InlineData("Webhooks:Worker:MaxAttempts", "0", "MaxAttempts")]
    [InlineData("Webhooks:Worker:PollInterval", "00:00:00", "PollInterval")]
    [InlineData("Webhooks:Worker:RetryMaxDelay", "00:00:01", "RetryMaxDelay")]
    public void A_limit_out_of_its_range_is_refused_by_name(string setting, string value, string named)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read<WebhookOptions>((setting, value)));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    private static T Read<T>(params (string Key, string Value)[] settings)
        where T : class
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["HubSpot:ClientSecret"] = "secret",
                ["HubSpot:PublicBaseUrl"] = "https://hooks.example.com/",
            })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        using var services = new ServiceCollection().AddWebhooks(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<T>>().Value;
    }
}
