namespace Lucitra.Tests.Webhooks;

/// <summary>Bodies as HubSpot sends them; <c>fixtures/README.md</c> says what each is for.</summary>
internal static class HubSpotFixtures
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "HubSpot", "fixtures");

    public static byte[] Body(string name) => File.ReadAllBytes(Path.Combine(_folder, $"{name}.json"));

    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(_folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order();
}
