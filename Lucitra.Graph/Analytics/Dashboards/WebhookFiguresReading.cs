using System.Globalization;
using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Asks for the figures of webhooks, and reads them out of the answer.</summary>
internal sealed class WebhookFiguresReading(DashboardSlots slots)
{
    public void Ask(RollupQuery query)
    {
        slots.AskRange(query, RollupFigure.EventsReceived);
        slots.AskRange(query, RollupFigure.EventsSettled);
        slots.AskRange(query, RollupFigure.EventLag);
    }

    public static WebhookFigures Of(RollupAnswer answer, int waiting, int dead)
    {
        return new WebhookFigures(
            new CountFigure(answer.Count(RollupFigure.EventsReceived, DashboardSlots.Current), answer.Count(RollupFigure.EventsReceived, DashboardSlots.Previous)),
            Settled("APPLIED"), Settled("SUPERSEDED"), Settled("IGNORED"), Settled("DEAD"),
            Lag(0.5), Lag(0.95), waiting, dead);

        CountFigure Settled(string status) => new(
            answer.Count(RollupFigure.EventsSettled, DashboardSlots.Current, sum => sum.Key == status),
            answer.Count(RollupFigure.EventsSettled, DashboardSlots.Previous, sum => sum.Key == status));

        MeasureFigure Lag(double part) => new(LagOf(part, DashboardSlots.Current), LagOf(part, DashboardSlots.Previous));

        double? LagOf(double part, int slot) => Percentile.Of(
            part, answer.Of(RollupFigure.EventLag, slot).Select(sum => (int.Parse(sum.Key, CultureInfo.InvariantCulture), sum.Count)));
    }
}
