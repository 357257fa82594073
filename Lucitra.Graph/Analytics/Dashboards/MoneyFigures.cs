using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Money as figures, in the order of currencies; the account's own, which deals need not name, comes first.</summary>
internal static class MoneyFigures
{
    public static IReadOnlyList<Money> Of(Dictionary<string, decimal> amounts) =>
        [.. amounts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new Money(CurrencyOf(one.Key), Amounts.Plain(one.Value)))];

    public static IReadOnlyList<MoneyFigure> Of(Dictionary<string, decimal> current, Dictionary<string, decimal> previous) =>
    [
        .. current.Keys.Union(previous.Keys).Order(StringComparer.Ordinal)
            .Select(currency => new MoneyFigure(CurrencyOf(currency), Amounts.Plain(current.GetValueOrDefault(currency)), Amounts.Plain(previous.GetValueOrDefault(currency)))),
    ];

    /// <summary>What open deals may bring in.</summary>
    public static IReadOnlyList<ForecastMoney> Forecast(IEnumerable<RollupSum> sums, StageBook stages) =>
    [
        .. sums.GroupBy(sum => sum.Detail).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new ForecastMoney(
            CurrencyOf(group.Key),
            Amounts.Plain(group.Sum(sum => sum.Amount)),
            Amounts.Plain(group.Sum(sum => sum.Amount * stages.Probability(sum.PipelineId, sum.Key))))),
    ];

    private static string? CurrencyOf(string key) => key.Length == 0 ? null : key;
}
