using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Analytics;

/// <summary>A dashboard's figures in the form in which <see cref="FigureDefinitions"/> gives them.</summary>
internal static class DashboardFigures
{
    public const string Query = """
        query($from: LocalDate, $to: LocalDate, $timeZone: String, $bucket: DateBucket, $pipelineId: String, $ownerId: String, $idleDays: Int) {
          analytics { dashboard(from: $from, to: $to, timeZone: $timeZone, bucket: $bucket, pipelineId: $pipelineId, ownerId: $ownerId, idleDays: $idleDays) {
            at from to previousFrom previousTo timeZone bucket
            contacts {
              total { ...c } new { ...c } buckets { start end new { ...c } }
              byLifecycleStage { value total { ...c } new { ...c } } bySource { value total { ...c } new { ...c } }
              conversion { fromStage toStage reached { ...c } converted { ...c } rate { ...m } }
            }
            deals {
              open { ...c } openValue { ...v } created { ...c } won { ...c } lost { ...c } winRate { ...m } wonValue { ...v } averageSize { ...v }
              medianDaysToClose { ...m } p90DaysToClose { ...m }
              buckets { start end created { ...c } won { ...c } lost { ...c } wonValue { ...v } }
              byStage { pipelineId stageId stageLabel pipelineLabel probability deals forecast { currency value weighted } }
              byCloseMonth { period month deals forecast { currency value weighted } }
              atRisk { idleDays idle idleValue { currency amount } overdue overdueValue { currency amount } }
            }
            webhooks { received { ...c } applied { ...c } superseded { ...c } ignored { ...c } dead { ...c } medianLagSeconds { ...m } p95LagSeconds { ...m } waiting deadNow }
          } }
        }
        fragment c on CountFigure { current previous change }
        fragment m on MeasureFigure { current previous }
        fragment v on MoneyFigure { currency current previous }
        """;

    public static async Task<JsonElement> DashboardAsync(this LucitraApp app, object? variables = null) =>
        (await app.QueryAsync(Query, variables ?? new { })).At("analytics.dashboard");

    /// <summary>The rows of a figure, sorted.</summary>
    /// <param name="dashboard">The dashboard.</param>
    /// <param name="name">The figure's name in docs/analytics.md.</param>
    /// <param name="member">Of the range, `current`, or of the one before, `previous`.</param>
    public static List<string> Rows(JsonElement dashboard, string name, string member)
    {
        var figure = dashboard.At(name);
        List<string> rows = name switch
        {
            "contacts.byLifecycleStage" or "contacts.bySource" => [.. Items(figure).Select(one => $"{Key(one, "value")} {Number(one.At($"total.{member}"))}").Where(HasSome)],
            "contacts.conversion" => [.. Items(figure).Select(one => $"{Key(one, "fromStage")} {Number(one.At($"reached.{member}"))}").Where(HasSome)],
            "deals.byStage" => [.. Items(figure).Where(one => one.Text("pipelineId") is not null && one.Text("stageId") is not null).Select(Stage)],
            "deals.openValue" or "deals.wonValue" or "deals.averageSize" => [.. Items(figure).Select(one => $"{Key(one, "currency")} {Number(one.At(member))}")],
            _ when figure.ValueKind == JsonValueKind.Number => [Number(figure)],
            _ => [Number(figure.At(member))],
        };
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static bool HasSome(string row) => !row.EndsWith(" 0", StringComparison.Ordinal);

    private static string Stage(JsonElement one) =>
        $"{one.Text("pipelineId")}:{one.Text("stageId")} {Number(one.At("deals"))} {FigureDefinitions.Text(Items(one.At("forecast")).Sum(money => money.At("value").GetDecimal()))}";

    private static IEnumerable<JsonElement> Items(JsonElement list) => list.EnumerateArray();

    private static string Key(JsonElement one, string name) => one.Text(name) ?? "-";

    private static string Number(JsonElement number) => number.ValueKind == JsonValueKind.Null ? "-" : FigureDefinitions.Text(number.GetDecimal());
}
