using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Asks for the figures of contacts, and reads them out of the answer.</summary>
internal sealed class ContactFiguresReading(DashboardSlots slots)
{
    public void Ask(RollupQuery query)
    {
        slots.AskRange(query, RollupFigure.Contacts);
        slots.AskUntil(query, RollupFigure.Contacts);
        slots.AskSpans(query, RollupFigure.ContactsCreated, byQuarters: true);
    }

    public ContactFigures Of(RollupAnswer answer)
    {
        var stages = Groups(answer, sum => sum.Key);
        var sources = Groups(answer, sum => sum.Detail);
        return new ContactFigures(
            new CountFigure(answer.Count(RollupFigure.Contacts, DashboardSlots.UntilCurrent), answer.Count(RollupFigure.Contacts, DashboardSlots.UntilPrevious)),
            new CountFigure(answer.Count(RollupFigure.Contacts, DashboardSlots.Current), answer.Count(RollupFigure.Contacts, DashboardSlots.Previous)),
            [.. slots.Spans.Select((span, place) => new ContactBucket(
                slots.Range.Beginning(span.First),
                slots.Range.Beginning(span.After),
                new CountFigure(
                    answer.Count(RollupFigure.ContactsCreated, DashboardSlots.CurrentSpan(place)),
                    answer.Count(RollupFigure.ContactsCreated, DashboardSlots.PreviousSpan(place)))))],
            [.. stages.OrderBy(group => LifecycleStages.PlaceOf(group.Value ?? "")).ThenBy(group => group.Value, StringComparer.Ordinal)],
            [.. sources.OrderByDescending(group => group.Total.Current).ThenBy(group => group.Value, StringComparer.Ordinal)],
            [.. Conversion(answer)]);
    }

    private static List<ContactGroup> Groups(RollupAnswer answer, Func<RollupSum, string> key)
    {
        var (total, totalBefore) = (Counts(DashboardSlots.UntilCurrent), Counts(DashboardSlots.UntilPrevious));
        var (current, previous) = (Counts(DashboardSlots.Current), Counts(DashboardSlots.Previous));
        return
        [
            .. total.Where(group => group.Value != 0).Select(group => new ContactGroup(
                group.Key.Length == 0 ? null : group.Key,
                new CountFigure(group.Value, totalBefore.GetValueOrDefault(group.Key)),
                new CountFigure(current.GetValueOrDefault(group.Key), previous.GetValueOrDefault(group.Key)))),
        ];

        Dictionary<string, int> Counts(int slot) => answer.Counts(RollupFigure.Contacts, slot, key);
    }

    private static IEnumerable<LifecycleConversion> Conversion(RollupAnswer answer)
    {
        var current = answer.Counts(RollupFigure.Contacts, DashboardSlots.Current, sum => sum.Key);
        var previous = answer.Counts(RollupFigure.Contacts, DashboardSlots.Previous, sum => sum.Key);
        for (var place = 0; place + 1 < LifecycleStages.InOrder.Count; place++)
        {
            var reached = Reached(place);
            var converted = Reached(place + 1);
            yield return new LifecycleConversion(
                LifecycleStages.InOrder[place], LifecycleStages.InOrder[place + 1], reached, converted,
                new MeasureFigure(Ratio.Of(converted.Current, reached.Current), Ratio.Of(converted.Previous, reached.Previous)));
        }

        CountFigure Reached(int place) => new(LifecycleStages.Reached(place, current), LifecycleStages.Reached(place, previous));
    }
}
