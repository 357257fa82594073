namespace Lucitra.Benchmarks.Start;

/// <summary>How starts are measured.</summary>
/// <param name="Rounds">How often the server is started with each setting.</param>
/// <param name="Seconds">How long it is under load then.</param>
/// <param name="Cores">How many cores it has.</param>
/// <param name="Program">The folder of its program, as it is released.</param>
/// <param name="Output">The file that gets everything that was measured.</param>
internal sealed record StartOptions(int Rounds, int Seconds, int Cores, string Program, string Output);
