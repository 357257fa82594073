namespace Lucitra.Benchmarks.Start;

/// <summary>A way to run the server.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Folder">Where its program is.</param>
/// <param name="Settings">What the runtime is told besides what the program brings.</param>
internal sealed record Variant(string Name, string Folder, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>As it is released, then one thing otherwise in each.</summary>
    public static IReadOnlyList<Variant> All(string released) =>
    [
        new("released", released, new Dictionary<string, string>()),
        new("not compiled ahead", AppContext.BaseDirectory, new Dictionary<string, string>()),
        With(released, "DOTNET_TieredPGO", "0", "1"),
        With(released, "DOTNET_TieredCompilation", "0"),
        With(released, "DOTNET_gcConcurrent", "1", "0"),
        With(released, "DOTNET_gcServer", "1", "0"),
        With(released, "DOTNET_GCConserveMemory", "5"),
    ];

    private static Variant With(string folder, string name, params string[] values)
    {
        var shipped = RuntimeSettings.Of(folder, name);
        var value = values.First(value => value != shipped);
        return new($"{name}={value}", folder, new Dictionary<string, string> { [name] = value });
    }
}
