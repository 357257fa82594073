using System.Diagnostics;

namespace Lucitra.Tests.Support;

/// <summary>The program as the image has it: what <c>./build.sh publish</c> writes, made once in a test run by the first to ask.</summary>
internal static class PublishedProgram
{
    private static readonly Lazy<Task<string>> _folder = new(PublishAsync);

    /// <summary>Its folder; skips the test where there is no shell to run the script.</summary>
    public static Task<string> FolderAsync()
    {
        Skip.If(Tool.Find("bash") is null || Tool.Find("nice") is null, "Missing tool: bash or nice is not on the PATH.");
        return _folder.Value;
    }

    private static async Task<string> PublishAsync()
    {
        var folder = SourceTree.Path("artifacts", "published-for-tests");

        // Other tests run meanwhile, and some of them are called on to answer in time.
        var start = new ProcessStartInfo("nice", ["-n", "19", "bash", "build.sh", "publish", "--output", folder])
        {
            WorkingDirectory = SourceTree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The test host's own MSBuild is another one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var (output, errors) = (build.StandardOutput.ReadToEndAsync(), build.StandardError.ReadToEndAsync());
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, $"{await output}\n{await errors}");
        return folder;
    }
}
