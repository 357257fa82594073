using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Startup;

/// <summary>The program as an operator meets it: started, refused with what to set, and run for its commands.</summary>
public sealed class StartupTests
{
    [Theory]
    [InlineData("HubSpot__ClientSecret", null, "HubSpot__ClientSecret")]
    [InlineData("HubSpot__PublicBaseUrl", null, "HubSpot__PublicBaseUrl")]
    [InlineData("HubSpot__PublicBaseUrl", "https://hooks.example/webhook", "ends in /webhook")]
    [InlineData("Lucitra__Roles", "Api,Cook", "Set Lucitra__Roles to one or more of Api, Webhooks and Worker")]
    [InlineData("PORT", "http", "PORT is 'http'")]
    [InlineData("Shutdown__Deadline", "00:00:01", "Shutdown:Deadline is not above Shutdown:DrainDelay")]
    [InlineData("Webhooks__Worker__MaxAttempts", "0", "MaxAttempts")]
    [InlineData("Database__Provider", "Oracle", "Database:Provider")]
    [InlineData("Sentry__Dsn", "sentry.example", "Set Sentry__Dsn")]
    [InlineData("Telemetry__RequestLogShare", "2", "RequestLogShare")]
    [InlineData("Webhooks__Worker__PollInterval", "often", "Webhooks:Worker:PollInterval")]
    public async Task With_a_wrong_setting_the_server_refuses_to_start_and_names_it(string setting, string? value, string advice)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);

        var (exitCode, output) = await LucitraServer.RunAsync(new(LucitraServer.SettingsFor(database)) { [setting] = value });

        Assert.Equal(1, exitCode);
        Assert.Contains(advice, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_needs_no_secret_of_hubspot()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);

        await using var server = await LucitraServer.StartAsync(
            new(LucitraServer.SettingsFor(database)) { ["HubSpot__ClientSecret"] = null, ["HubSpot__PublicBaseUrl"] = null, ["Lucitra__Roles"] = "Worker" });

        Assert.Equal(0, await server.QueuedDeliveriesAsync());
    }

    [SkippableTheory, BothDatabases]
    public async Task Without_its_tables_the_server_names_the_command_that_makes_them(string provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var settings = LucitraServer.SettingsFor(database);

        var refused = await LucitraServer.RunAsync(settings);
        var first = await LucitraServer.RunAsync(settings, "migrate");
        var second = await LucitraServer.RunAsync(settings, "migrate");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("dotnet Lucitra.Graph.dll migrate", refused.Output, StringComparison.Ordinal);
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        await using var server = await LucitraServer.StartAsync(settings);
        Assert.Equal(0, await server.QueuedDeliveriesAsync());
    }

    [Fact]
    public async Task An_unreachable_database_stops_the_start_in_a_line()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        var (exitCode, output) = await LucitraServer.RunAsync(new(LucitraServer.SettingsFor(database))
        {
            ["Database__Provider"] = "Postgres",
            ["ConnectionStrings__Lucitra"] = "Host=127.0.0.1;Port=1;Database=lucitra;Username=lucitra",
        });

        Assert.Equal(1, exitCode);
        Assert.Contains("127.0.0.1:1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_from_a_file_is_signed_and_applied()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var settings = LucitraServer.SettingsFor(app.Database);
        var file = Path.Combine(AppContext.BaseDirectory, "HubSpot", "fixtures", "01-contact-creation-with-initial-properties.json");
        string[] command = ["webhooks", "sample", "--file", file, "--url", $"{app.Address}webhook"];

        var accepted = await LucitraServer.RunAsync(settings, command);
        var refused = await LucitraServer.RunAsync(new(settings) { ["HubSpot__ClientSecret"] = "another" }, command);

        Assert.True(accepted.ExitCode == 0, accepted.Output);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("401", refused.Output, StringComparison.Ordinal);
        await app.WhenAppliedAsync();
        Assert.Equal(5, (await app.EventsAsync()).Count);
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }
}
