using System.Text.Json;
using System.Text.RegularExpressions;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Conventions;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Deployment;

/// <summary>Dockerfile and compose.yaml, as far as they can be held to without Docker.</summary>
public sealed partial class ContainerFileTests
{
    /// <summary>Settings that are the framework's, Google's or this program's by another name than an option's.</summary>
    private static readonly string[] _otherSettings = ["ASPNETCORE_ENVIRONMENT", "PUBSUB_EMULATOR_HOST", "PORT"];

    private static readonly string _dockerfile = File.ReadAllText(SourceTree.Path("Dockerfile"));

    [SkippableFact]
    public async Task Docker_and_compose_understand_their_files_and_every_image_is_pinned()
    {
        var read = await NodeScript.RunAsync("container.mjs", SourceTree.Path("Dockerfile"), SourceTree.Path("compose.yaml"));

        Assert.Equal("[]", read.GetProperty("dockerfile").GetRawText());
        Assert.Equal("[]", read.GetProperty("compose").GetRawText());
        Convention.Holds(
            from image in read.GetProperty("images").Deserialize<string[]>()!.Distinct()
            where image != "lucitra" && !FullVersion().IsMatch(image)
            select $"{image} is not pinned: give its tag with all parts of the version.");
    }

    [SkippableFact]
    public async Task Mistakes_in_them_are_seen()
    {
        var (dockerfile, compose) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(dockerfile, _dockerfile.Replace("EXPOSE", "EXPOSES", StringComparison.Ordinal));
        await File.WriteAllTextAsync(compose, File.ReadAllText(SourceTree.Path("compose.yaml")).Replace("ports:", "port:", StringComparison.Ordinal));

        var read = await NodeScript.RunAsync("container.mjs", dockerfile, compose);

        Assert.Contains("EXPOSES", read.GetProperty("dockerfile").GetRawText(), StringComparison.Ordinal);
        Assert.Contains("/services/api", read.GetProperty("compose").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_is_built_with_the_sdk_of_the_repository_and_runs_without_root_or_shell()
    {
        var sdk = JsonDocument.Parse(File.ReadAllText(SourceTree.Path("global.json"))).RootElement.GetProperty("sdk").GetProperty("version").GetString();

        Assert.Contains($"dotnet/sdk:{sdk}-", _dockerfile, StringComparison.Ordinal);
        Assert.Matches(@"ARG RUNTIME_IMAGE=\S+-chiseled-extra", _dockerfile);
        Assert.Matches(@"(?m)^USER \$APP_UID$", _dockerfile[_dockerfile.LastIndexOf("FROM", StringComparison.Ordinal)..]);
        Assert.DoesNotMatch("(?m)^HEALTHCHECK", _dockerfile);
        Assert.Contains("./build.sh publish", _dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_exists_and_is_sent_to_the_builder()
    {
        var ignored = File.ReadAllLines(SourceTree.Path(".dockerignore"));
        var sources = CopySource().Matches(_dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var needed = File.ReadAllLines(SourceTree.Path("Lucitra.sln"))
            .Where(line => line.Contains("Lucitra.Graph.csproj", StringComparison.Ordinal) || line.Contains("Lucitra.Webhooks.csproj", StringComparison.Ordinal))
            .Select(line => line.Split('"')[5].Split('\\')[0]);

        Assert.NotEmpty(sources);
        Convention.Holds(sources.Where(source => !Path.Exists(SourceTree.Path(source))).Select(source => $"The Dockerfile copies {source}, which does not exist."));
        Convention.Holds(needed.Append("build.sh").Where(part => !ignored.Contains($"!{part}")).Select(part => $".dockerignore leaves out {part}."));
    }

    /// <summary>A front end that npm fetches has its files in the stage that has Node.</summary>
    [Fact]
    public void Every_package_for_browsers_is_in_the_node_stage() => Convention.Holds(
        from file in Directory.EnumerateFiles(SourceTree.Path("Lucitra.Graph"), "package-lock.json", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(SourceTree.Root, file)
        where !path.Contains("node_modules", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            && !_dockerfile.Contains($"{path} ", StringComparison.Ordinal)
        select $"The Dockerfile's stage web does not copy {path}.");

    [Fact]
    public void Compose_sets_nothing_that_is_no_setting()
    {
        var known = Settings.All.Select(setting => setting.EnvironmentName).Concat(_otherSettings).ToHashSet();

        Convention.Holds(
            from service in ComposeFile.Read().OwnServices
            from setting in service.Value.Environment.Keys
            where !known.Contains(setting)
            select $"compose.yaml sets {setting} for {service.Key}, which no options class has.");
    }

    [GeneratedRegex(@":\d+(\.\d+)+[^:]*$|@sha256:[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex FullVersion();

    // What comes from another stage is not in the repository; what is last in the line is the destination.
    [GeneratedRegex(@"^COPY (?!--from)((?:\S+ )+)\S+$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CopySource();
}
