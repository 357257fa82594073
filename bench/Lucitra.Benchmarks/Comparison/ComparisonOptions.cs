namespace Lucitra.Benchmarks.Comparison;

/// <summary>What a comparison does.</summary>
/// <param name="Cases">The names of the cases.</param>
/// <param name="Peers">The names of the servers.</param>
/// <param name="Connections">How many connections ask at once; each number is measured for itself.</param>
/// <param name="Rounds">How often each case is measured with each contender.</param>
/// <param name="Seconds">How long each time.</param>
/// <param name="WarmUpSeconds">How long each server is asked before the first round, all its cases together.</param>
/// <param name="Rows">How many contacts, and as many deals, a database holds; each is measured.</param>
/// <param name="Program">The folder of the server's program.</param>
/// <param name="Output">The file that gets everything that was measured.</param>
/// <param name="Keep">Whether databases stay for another run.</param>
internal sealed record ComparisonOptions(
    IReadOnlyList<string> Cases,
    IReadOnlyList<string> Peers,
    IReadOnlyList<int> Connections,
    int Rounds,
    double Seconds,
    double WarmUpSeconds,
    IReadOnlyList<int> Rows,
    string Program,
    string Output,
    bool Keep);
