using System.Diagnostics;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Infrastructure;

/// <summary>Releases by <c>build.sh</c>, against a server and in front of a gcloud that only notes what it is told.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string Gcloud = """
        #!/bin/sh
        echo "$*" | sed 's/ --project.*//' >> "$CALLS"
        case "$*" in
          *"services describe"*traffic*) printf '5\told-canary\n95\told\n' ;;
          *"services describe"*latestCreated*) echo new ;;
          *"revisions list"*) printf 'newest\nold\nolder\noldest\n' ;;
          *"jobs execute"*) exit "${MIGRATION:-0}" ;;
        esac
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("lucitra-release-").FullName;

    public ReleaseTests()
    {
        var program = Path.Combine(_folder, "gcloud");
        File.WriteAllText(program, Gcloud);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_release_migrates_first_and_moves_the_traffic_in_two_steps()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var (exitCode, output) = await RunAsync(new() { ["SMOKE_URL"] = $"{app.Address}", ["SMOKE_API_KEY"] = LucitraApp.ApiKey }, "deploy", "registry/lucitra@sha256:1");

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            [
                "run jobs update lucitra-migrate --image registry/lucitra@sha256:1",
                "run jobs update lucitra-command --image registry/lucitra@sha256:1",
                "run jobs execute lucitra-migrate --wait",
                .. Services("run services describe lucitra-{0} --flatten status.traffic[] --format value(status.traffic.percent,status.traffic.revisionName)", "run deploy lucitra-{0} --image registry/lucitra@sha256:1 --no-traffic", "run services describe lucitra-{0} --format value(status.latestCreatedRevisionName)"),
                .. Services("run services update-traffic lucitra-{0} --to-revisions new=10,old=90"),
                .. Services("run services update-traffic lucitra-{0} --to-revisions new=100"),
            ],
            Calls());
    }

    [Fact]
    public async Task A_release_that_does_not_answer_is_taken_back()
    {
        var (exitCode, output) = await RunAsync(new() { ["SMOKE_URL"] = "http://127.0.0.1:1" }, "deploy", "image");

        Assert.Equal(1, exitCode);
        Assert.Contains("GET http://127.0.0.1:1/health/live answered 000 instead of 200.", output, StringComparison.Ordinal);
        Assert.Contains("the release was taken back", output, StringComparison.Ordinal);
        Assert.Equal(Services("run services update-traffic lucitra-{0} --to-revisions old=100"), Calls()[^3..]);
    }

    [Fact]
    public async Task Without_its_migration_nothing_is_released()
    {
        var (exitCode, output) = await RunAsync(new() { ["MIGRATION"] = "1" }, "deploy", "image");

        Assert.Equal(1, exitCode);
        Assert.Contains("the migration failed", output, StringComparison.Ordinal);
        Assert.Equal(3, Calls().Count);
    }

    [Fact]
    public async Task A_rollback_gives_the_traffic_to_the_revision_before()
    {
        var (exitCode, output) = await RunAsync([], "rollback");

        Assert.True(exitCode == 0, output);
        Assert.Equal(Services("run services update-traffic lucitra-{0} --to-revisions older=100"), Calls()[^3..]);
    }

    [Fact]
    public async Task A_variable_that_is_missing_is_named()
    {
        var (exitCode, output) = await RunAsync(new() { ["DOMAIN"] = "" }, "deploy", "image");

        Assert.Equal(1, exitCode);
        Assert.Contains("DOMAIN is not set", output, StringComparison.Ordinal);
        Assert.Empty(Calls());
    }

    [Fact]
    public async Task The_smoke_test_fails_where_a_key_is_not_taken()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var good = await RunAsync([], "smoke", $"{app.Address}");
        var bad = await RunAsync(new() { ["SMOKE_API_KEY"] = "another" }, "smoke", $"{app.Address}");

        Assert.Equal((0, 1), (good.ExitCode, bad.ExitCode));
        Assert.Contains("/graphql answered 401 instead of 200", bad.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<string> Services(params string[] calls) =>
        [.. new[] { "worker", "webhooks", "api" }.SelectMany(service => calls.Select(call => call.Replace("{0}", service, StringComparison.Ordinal)))];

    private List<string> Calls() => File.Exists(Path.Combine(_folder, "calls")) ? [.. File.ReadAllLines(Path.Combine(_folder, "calls"))] : [];

    private async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(SourceTree.Path("build.sh"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["CALLS"] = Path.Combine(_folder, "calls"),
            ["GOOGLE_PROJECT"] = "project",
            ["GOOGLE_REGION"] = "region",
            ["DOMAIN"] = "crm.example",
            ["RELEASE_HOLD"] = "0",
        }.Concat(environment))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
