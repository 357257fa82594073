namespace Lucitra.Tests.Support;

/// <summary>The browser that explorer.mjs and dashboard.mjs drive.</summary>
internal static class Chromium
{
    public static string? Executable { get; } = Tool.Find("chromium", "chromium-browser", "google-chrome");

    /// <summary>The reason to skip with, or null where there is a browser.</summary>
    public static string? MissingReason => Executable is null ? "Missing tool: neither chromium nor google-chrome is on the PATH." : null;
}
