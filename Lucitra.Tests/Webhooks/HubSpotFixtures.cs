namespace Lucitra.Tests.Webhooks;

/// <summary>Bodies as HubSpot sends them; <c>fixtures/README.md</c> says what each is for.</summary>
internal static class HubSpotFixtures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "HubSpot", "fixtures");

    public static byte[] Body(string name) => File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"));

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order();
}
