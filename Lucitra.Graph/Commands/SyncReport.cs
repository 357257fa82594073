using Lucitra.Graph.Sync;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Commands;

/// <summary>Tells an operator how work on whole accounts goes: one moving line on a terminal, a line now and then elsewhere.</summary>
internal sealed class SyncReport(TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly long _begin = clock.GetTimestamp();
    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private string _step = "";
    private string _text = "";
    private long _shownAt;

    public void Show(BackfillProgress progress)
    {
        if (_step != progress.Step)
            EndStep();
        var text = $"{progress.Step}: {progress.Read} read, {progress.Changed} changed";
        if (_isTerminal)
        {
            Console.Write($"\r{text.PadRight(_text.Length)}");
        }
        else if (clock.GetElapsedTime(_shownAt) >= _pause)
        {
            Console.WriteLine(text);
            _shownAt = clock.GetTimestamp();
        }

        (_step, _text) = (progress.Step, text);
    }

    /// <summary>The last word: what was done, how long it took, and what it cost of HubSpot's limits.</summary>
    public void End(string result, IReadOnlyList<HubSpotClient> portals)
    {
        EndStep();
        Console.WriteLine($"{result}, in {clock.GetElapsedTime(_begin):hh\\:mm\\:ss}.");
        foreach (var portal in portals)
        {
            var calls = portal.CallsSpent().OrderBy(call => call.Key, StringComparer.Ordinal).Select(call => $"{call.Key} {call.Value}");
            Console.WriteLine($"API calls of portal {portal.PortalId}: {string.Join(", ", calls)}");
        }
    }

    public static void Show(IReadOnlyList<ComparisonResult> results, InboxSums inbox)
    {
        foreach (var result in results)
        {
            Console.WriteLine(
                $"{result.ObjectType}: {result.Records} live records at HubSpot, {result.EqualRanges} of {result.Ranges} ranges with equal hashes, "
                + $"{result.Suspects} records read again, {result.Healed} healed, {result.Differences.Count} differences");
            foreach (var difference in result.Differences)
                Console.WriteLine($"  {difference}");
        }

        var events = inbox.Events.Select(one => $"{one.Value} {one.Key.ToString().ToLowerInvariant()}");
        Console.WriteLine($"inbox: {inbox.Queued} deliveries queued; events: {string.Join(", ", events)}; {inbox.Reads} records to be read");
    }

    // How far a step came in the end is told in any case.
    private void EndStep()
    {
        if (_step.Length > 0)
            Console.WriteLine(_isTerminal ? "" : _text);
        (_step, _text) = ("", "");
    }
}
