namespace Lucitra.Tests.Conventions;

internal static class Convention
{
    /// <summary>Fails with one line per breach.</summary>
    public static void Holds(IEnumerable<string> breaches)
    {
        var lines = string.Join('\n', breaches);
        Assert.True(lines.Length == 0, lines);
    }
}
