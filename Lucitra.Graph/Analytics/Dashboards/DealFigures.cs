namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>The figures of deals. Archived deals are not counted; amount, stage and owner are the present ones.</summary>
/// <param name="Open">Deals that were open at the end of the range: created before it and not closed before it.</param>
/// <param name="OpenValue">The amounts of these deals.</param>
/// <param name="Created">Deals that were created in the range.</param>
/// <param name="Won">Deals that are won and have their close date in the range.</param>
/// <param name="Lost">Deals that are closed, not won, and have their close date in the range.</param>
/// <param name="WinRate">The part of the deals closed in the range that is won, from 0 to 1.</param>
/// <param name="WonValue">The amounts of the deals won in the range.</param>
/// <param name="AverageSize">The average amount of the deals won in the range; deals without an amount are left out.</param>
/// <param name="MedianDaysToClose">The median of the whole days from creation to close of the deals won in the range.</param>
/// <param name="P90DaysToClose">The number of days within which nine of ten deals won in the range were closed.</param>
/// <param name="Buckets">What happened, by spans of the calendar, in their order, without gaps.</param>
/// <param name="ByStage">The deals that are open now, by stage, in the order of pipelines and stages.</param>
/// <param name="ByCloseMonth">The deals that are open now, by the month in which they are expected to close.</param>
/// <param name="AtRisk">Deals that are open now and need attention.</param>
internal sealed record DealFigures(
    CountFigure Open,
    IReadOnlyList<MoneyFigure> OpenValue,
    CountFigure Created,
    CountFigure Won,
    CountFigure Lost,
    MeasureFigure WinRate,
    IReadOnlyList<MoneyFigure> WonValue,
    IReadOnlyList<MoneyFigure> AverageSize,
    MeasureFigure MedianDaysToClose,
    MeasureFigure P90DaysToClose,
    IReadOnlyList<DealBucket> Buckets,
    IReadOnlyList<StageFigures> ByStage,
    IReadOnlyList<CloseMonthFigures> ByCloseMonth,
    DealsAtRisk AtRisk);

/// <summary>What happened to deals in a span of the calendar. Previous numbers are those of the span as many days earlier as the range has.</summary>
/// <param name="Start">When the span begins.</param>
/// <param name="End">When the span ends; this instant is not in it.</param>
/// <param name="Created">Deals that were created in it.</param>
/// <param name="Won">Deals that are won and have their close date in it.</param>
/// <param name="Lost">Deals that are closed, not won, and have their close date in it.</param>
/// <param name="WonValue">The amounts of the deals won in it.</param>
internal sealed record DealBucket(DateTime Start, DateTime End, CountFigure Created, CountFigure Won, CountFigure Lost, IReadOnlyList<MoneyFigure> WonValue);

/// <summary>The deals that are open now in one stage.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline; null for deals without one.</param>
/// <param name="StageId">HubSpot's id of the stage; null for deals without one.</param>
/// <param name="PipelineLabel">The name people see; null when the pipeline is not known here.</param>
/// <param name="StageLabel">The name people see; null when the stage is not known here.</param>
/// <param name="Probability">The chance that a deal in this stage is won, from 0 to 1; null when the stage is not known here.</param>
/// <param name="Deals">How many deals.</param>
/// <param name="Forecast">Their amounts, as they are and weighted by the probability.</param>
internal sealed record StageFigures(
    string? PipelineId, string? StageId, string? PipelineLabel, string? StageLabel, decimal? Probability, int Deals, IReadOnlyList<ForecastMoney> Forecast);

/// <summary>The deals that are open now and expected to close in one month.</summary>
/// <param name="Period">Which time it is.</param>
/// <param name="Month">The first day of the month; null unless the period is `MONTH`.</param>
/// <param name="Deals">How many deals.</param>
/// <param name="Forecast">Their amounts, as they are and weighted by the probability of their stages.</param>
internal sealed record CloseMonthFigures(ClosePeriod Period, DateOnly? Month, int Deals, IReadOnlyList<ForecastMoney> Forecast);

/// <summary>A time in which deals are expected to close.</summary>
internal enum ClosePeriod
{
    /// <summary>Before all months that are listed.</summary>
    Earlier,

    /// <summary>One month: any of the twelve before the present one, the present one, or the 24 after it.</summary>
    Month,

    /// <summary>After all months that are listed.</summary>
    Later,

    /// <summary>No close date.</summary>
    Undated,
}

/// <summary>Deals that are open now and need attention. A deal may be both idle and overdue.</summary>
/// <param name="IdleDays">After how many days without a change a deal counts as idle.</param>
/// <param name="Idle">Deals that did not change here since the beginning of the day (in UTC) so many days ago.</param>
/// <param name="IdleValue">The amounts of the idle deals.</param>
/// <param name="Overdue">Deals whose close date was before today (in the time zone).</param>
/// <param name="OverdueValue">The amounts of the overdue deals.</param>
internal sealed record DealsAtRisk(int IdleDays, int Idle, IReadOnlyList<Money> IdleValue, int Overdue, IReadOnlyList<Money> OverdueValue);
