using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>How far an import was at a moment.</summary>
/// <param name="At">Since its beginning.</param>
/// <param name="Acknowledged">Events acknowledged by then.</param>
/// <param name="Applied">Events applied by then.</param>
/// <param name="Lag">How long the oldest delivery had been waiting.</param>
internal sealed record ImportSample(TimeSpan At, long Acknowledged, long Applied, TimeSpan Lag);

/// <summary>A statement, how often it ran, and the milliseconds it took altogether.</summary>
internal sealed record StatementCost(long Calls, double Milliseconds, string Text);

/// <summary>What came of an import.</summary>
/// <param name="Delay">How long each request was on its way.</param>
/// <param name="Events">Events in it.</param>
/// <param name="Acknowledging">How long it took until all were acknowledged.</param>
/// <param name="Draining">How long it took until all were applied.</param>
/// <param name="Samples">Its course.</param>
/// <param name="Server">Processor time of the server.</param>
/// <param name="Statements">Statements that the database ran; null where it does not count them.</param>
/// <param name="Costliest">Those that took longest.</param>
internal sealed record ImportResult(
    TimeSpan Delay,
    int Events,
    TimeSpan Acknowledging,
    TimeSpan Draining,
    IReadOnlyList<ImportSample> Samples,
    TimeSpan Server,
    long? Statements,
    IReadOnlyList<StatementCost> Costliest)
{
    public double AcknowledgedPerSecond => Events / Acknowledging.TotalSeconds;

    /// <summary>Events applied a second while others were still being acknowledged.</summary>
    public double AppliedMeanwhilePerSecond =>
        Samples.LastOrDefault(sample => sample.At <= Acknowledging) is { } last ? last.Applied / last.At.TotalSeconds : 0;

    public double AppliedPerSecond => Events / Draining.TotalSeconds;

    public TimeSpan LargestLag => Samples.Max(sample => sample.Lag);

    public void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            Import of {Events} events, {(Delay > TimeSpan.Zero ? $"each request {Delay.TotalMilliseconds:0} ms on its way" : "as fast as they are acknowledged")}:

            | acknowledged/s | applied/s meanwhile | of those acknowledged | applied/s in all | all applied after the last acknowledgement | largest lag | server CPU per event | statements per event |
            |--:|--:|--:|--:|--:|--:|--:|--:|
            | {AcknowledgedPerSecond:0} | {AppliedMeanwhilePerSecond:0} | {AppliedMeanwhilePerSecond / AcknowledgedPerSecond:0.00} | {AppliedPerSecond:0} | {(Draining - Acknowledging).TotalSeconds:0.0} s | {LargestLag.TotalSeconds:0.0} s | {Server.TotalMicroseconds / Events:0.0} µs | {(Statements is { } count ? $"{(double)count / Events:0.000}" : "–")} |
            """));
        foreach (var statement in Costliest)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{statement.Milliseconds,9:0} ms {statement.Calls,8} x {statement.Text}"));
    }
}
