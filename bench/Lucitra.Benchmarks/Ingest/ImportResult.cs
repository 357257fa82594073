namespace Lucitra.Benchmarks.Ingest;

/// <summary>How far an import was at a moment.</summary>
/// <param name="At">Seconds since its beginning.</param>
/// <param name="Acknowledged">Events acknowledged by then.</param>
/// <param name="Applied">Events applied by then.</param>
/// <param name="Lag">For how many seconds the oldest delivery had been waiting.</param>
internal sealed record ImportSample(double At, long Acknowledged, long Applied, double Lag);

/// <summary>A statement, how often it ran, and the milliseconds it took altogether.</summary>
internal sealed record StatementCost(long Calls, double Milliseconds, string Text);

/// <summary>What came of an import.</summary>
/// <param name="WaySeconds">How long each request was on its way.</param>
/// <param name="Events">Events in it.</param>
/// <param name="AcknowledgingSeconds">How long it took until all were acknowledged.</param>
/// <param name="ApplyingSeconds">How long it took until all were applied.</param>
/// <param name="Samples">Its course.</param>
/// <param name="ServerSeconds">Processor time of the server.</param>
/// <param name="PostgresSeconds">Processor time of PostgreSQL; null where it runs elsewhere.</param>
/// <param name="Statements">Statements that the database ran; null where it does not count them.</param>
/// <param name="Costliest">Those that took longest.</param>
internal sealed record ImportResult(
    double WaySeconds,
    int Events,
    double AcknowledgingSeconds,
    double ApplyingSeconds,
    List<ImportSample> Samples,
    double ServerSeconds,
    double? PostgresSeconds,
    long? Statements,
    List<StatementCost> Costliest)
{
    public double AcknowledgedPerSecond => Events / AcknowledgingSeconds;

    /// <summary>Events applied a second while others were still being acknowledged.</summary>
    public double AppliedMeanwhilePerSecond => Samples.FindLast(sample => sample.At <= AcknowledgingSeconds) is { } last ? last.Applied / last.At : 0;

    public double AppliedPerSecond => Events / ApplyingSeconds;

    /// <summary>Seconds from the last acknowledgement until all were applied.</summary>
    public double DrainedAfter => ApplyingSeconds - AcknowledgingSeconds;

    public double LargestLag => Samples.Max(sample => sample.Lag);
}
