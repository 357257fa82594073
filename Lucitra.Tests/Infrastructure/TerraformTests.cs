using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Lucitra.Graph;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Conventions;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Queue;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Infrastructure;

/// <summary>What Terraform says agrees with what the program does: nobody applies it in a test.</summary>
public sealed partial class TerraformTests
{
    /// <summary>Variables that others than this program's options read.</summary>
    private static readonly string[] _otherVariables =
    [
        "ASPNETCORE_ENVIRONMENT", "GOOGLE_CLOUD_PROJECT", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_RESOURCE_ATTRIBUTES", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
    ];

    [SkippableFact]
    public void The_files_are_in_terraforms_format()
    {
        Skip.If(Tool.Find("terraform") is null, "Missing tool: terraform is not on the PATH.");
        var start = new ProcessStartInfo("terraform", ["fmt", "-check", "-diff", "-recursive", SourceTree.Path("infra", "terraform")]) { RedirectStandardOutput = true };

        using var format = Process.Start(start)!;

        Assert.Equal("", format.StandardOutput.ReadToEnd());
        format.WaitForExit();
        Assert.Equal(0, format.ExitCode);
    }

    [SkippableFact]
    public async Task Every_setting_is_an_option_of_the_program()
    {
        var files = await TerraformFiles.ReadAsync();
        var service = files.Locals("service.tf");
        var settings = Names(service.GetProperty("settings"))
            .Concat(service.GetProperty("services").EnumerateObject().SelectMany(one => Names(one.Value.GetProperty("settings"))))
            .Concat(SecretVariable().Matches(TerraformFiles.Text).Select(match => match.Groups[1].Value))
            .Distinct();

        var known = Settings.All.Select(setting => setting.EnvironmentName).Concat(_otherVariables).ToHashSet();
        Convention.Holds(settings.Where(name => !known.Contains(ListIndex().Replace(name, ""))).Select(name => $"infra/terraform sets {name}, which is no option of the program."));
        Assert.All(
            service.GetProperty("services").EnumerateObject(),
            one => Assert.Equal(one.Name, $"{new LucitraOptions { Roles = Text(one.Value.GetProperty("settings"), "Lucitra__Roles") }.Parsed}", ignoreCase: true));
    }

    [SkippableFact]
    public async Task The_subscriptions_are_those_that_the_program_would_set_up()
    {
        var files = await TerraformFiles.ReadAsync();
        var queue = new QueueOptions { PubSub = { ProjectId = "p" } };
        var topology = new PubSubTopology(client: null!, Options.Create(queue));
        var wanted = topology.Worker("https://worker/internal/pubsub/push");

        var written = files.Resource("queue.tf", "google_pubsub_subscription", "worker");

        Assert.Equal($"{wanted.AckDeadlineSeconds}", $"{written.GetProperty("ack_deadline_seconds")}");
        Assert.Equal(Seconds(wanted.MessageRetentionDuration), Text(written, "message_retention_duration"));
        Assert.Equal(wanted.EnableMessageOrdering, written.GetProperty("enable_message_ordering").GetBoolean());
        Assert.Equal("", Text(written.Block("expiration_policy"), "ttl"));
        Assert.Equal(Seconds(wanted.RetryPolicy.MinimumBackoff), Text(written.Block("retry_policy"), "minimum_backoff"));
        Assert.Equal(Seconds(wanted.RetryPolicy.MaximumBackoff), Text(written.Block("retry_policy"), "maximum_backoff"));
        Assert.Equal(wanted.DeadLetterPolicy.MaxDeliveryAttempts, written.Block("dead_letter_policy").GetProperty("max_delivery_attempts").GetInt32());
        Assert.EndsWith($"uri}}{PubSubModule.PushPath}", Text(written.Block("push_config"), "push_endpoint"), StringComparison.Ordinal);
        Assert.Equal(
            (queue.PubSub.Topic, queue.PubSub.Subscription, queue.PubSub.DeadLetterTopic, queue.PubSub.DeadLetterSubscription),
            (NameOf(files, "topic", "webhooks"), NameOf(files, "subscription", "worker"), NameOf(files, "topic", "dead"), NameOf(files, "subscription", "dead")));
        Assert.Equal(queue.PubSub.AckDeadline, TimeSpan.Parse(Text(files.Locals("service.tf").GetProperty("settings"), "Queue__PubSub__AckDeadline"), null));
    }

    [SkippableFact]
    public async Task Paths_and_ports_are_those_of_the_program()
    {
        var files = await TerraformFiles.ReadAsync();
        Assert.Equal(8080, files.Locals("service.tf").GetProperty("port").GetInt32());
        Assert.Equal("/webhook", files.Resource("balancer.tf", "google_compute_url_map", "this").Block("path_matcher").Block("path_rule").GetProperty("paths")[0].GetString());
        foreach (var service in new[] { "api", "webhooks", "worker" })
        {
            var container = files.Resource("service.tf", "google_cloud_run_v2_service", service).Block("template").Block("containers");
            Assert.Equal("/health/ready", Text(container.Block("startup_probe").Block("http_get"), "path"));
            Assert.Equal("/health/live", Text(container.Block("liveness_probe").Block("http_get"), "path"));
        }

        // A request to the worker may last as long as its message is Pub/Sub's.
        Assert.Equal("INGRESS_TRAFFIC_INTERNAL_ONLY", Text(files.Resource("service.tf", "google_cloud_run_v2_service", "worker"), "ingress"));
        Assert.Equal("migrate", files.Locals("service.tf").GetProperty("jobs").GetProperty("migrate").GetProperty("args")[0].GetString());
    }

    [SkippableFact]
    public async Task Every_environment_gives_every_variable_that_has_no_default()
    {
        var files = await TerraformFiles.ReadAsync();
        var variables = files.GetProperty("variables.tf").GetProperty("variable").EnumerateObject().ToList();
        var required = variables.Where(one => !one.Value[0].TryGetProperty("default", out _)).Select(one => one.Name);

        foreach (var environment in new[] { "staging", "production" })
        {
            var given = Names(files.GetProperty($"environments/{environment}.tfvars")).ToList();
            Assert.Empty(required.Except(given));
            Assert.Empty(given.Except(variables.Select(one => one.Name)));
        }
    }

    [Fact]
    public void Every_reference_leads_to_something()
    {
        var declared = Declaration().Matches(TerraformFiles.Text).Select(match => $"{match.Groups[1].Value}.{match.Groups[2].Value}")
            .Concat(VariableDeclaration().Matches(TerraformFiles.Text).Select(match => $"var.{match.Groups[1].Value}"))
            .ToHashSet();
        var references = Reference().Matches(TerraformFiles.Text).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(references);
        Convention.Holds(references.Where(reference => !declared.Contains(reference)).Select(reference => $"infra/terraform refers to {reference}, which it does not declare."));
    }

    private static IEnumerable<string> Names(JsonElement members) => members.EnumerateObject().Select(member => member.Name);

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString()!;

    private static string NameOf(JsonElement files, string kind, string name) => Text(files.Resource("queue.tf", $"google_pubsub_{kind}", name), "name");

    private static string Seconds(Google.Protobuf.WellKnownTypes.Duration duration) => $"{duration.Seconds}s";

    [GeneratedRegex("""= "([A-Za-z]+__[A-Za-z_]+)"(?: \}|$)""", RegexOptions.Multiline)]
    private static partial Regex SecretVariable();

    [GeneratedRegex("__[0-9]+$")]
    private static partial Regex ListIndex();

    [GeneratedRegex("""^resource "(\w+)" "(\w+)" """, RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("""^variable "(\w+)""", RegexOptions.Multiline)]
    private static partial Regex VariableDeclaration();

    [GeneratedRegex(@"(?<![\w./])(?<!data\.)(google_\w+\.\w+|var\.\w+)")]
    private static partial Regex Reference();
}
