namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>A number of things in the range, and in the range before it.</summary>
/// <param name="Current">How many in the range.</param>
/// <param name="Previous">How many in the range of the same number of days before it.</param>
internal sealed record CountFigure(int Current, int Previous)
{
    /// <summary>By which part of the previous number it grew: 0.5 for half as many more; null when the previous is 0.</summary>
    public double? Change => Previous == 0 ? null : (Current - Previous) / (double)Previous;
}

/// <summary>A measure of the range, and of the range before it.</summary>
/// <param name="Current">The measure in the range; null when there is nothing to measure.</param>
/// <param name="Previous">The measure in the range of the same number of days before it; null when there is nothing to measure.</param>
internal sealed record MeasureFigure(double? Current, double? Previous);

/// <summary>Money of one currency in the range, and in the range before it. Currencies are never added up.</summary>
/// <param name="Currency">The ISO 4217 code of the deals; null for deals that name none, which are in the account's currency.</param>
/// <param name="Current">The money in the range.</param>
/// <param name="Previous">The money in the range of the same number of days before it.</param>
internal sealed record MoneyFigure(string? Currency, decimal Current, decimal Previous);

/// <summary>Money of one currency.</summary>
/// <param name="Currency">The ISO 4217 code of the deals; null for deals that name none, which are in the account's currency.</param>
/// <param name="Amount">The money.</param>
internal sealed record Money(string? Currency, decimal Amount);

/// <summary>Money of one currency that may come in.</summary>
/// <param name="Currency">The ISO 4217 code of the deals; null for deals that name none, which are in the account's currency.</param>
/// <param name="Value">The amounts of the deals.</param>
/// <param name="Weighted">The amounts of the deals, each times the probability of its stage.</param>
internal sealed record ForecastMoney(string? Currency, decimal Value, decimal Weighted);
