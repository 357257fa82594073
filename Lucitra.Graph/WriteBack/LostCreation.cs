using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.WriteBack;

/// <summary>A creation whose answer nobody heard.</summary>
/// <param name="Since">When the call ended at the latest.</param>
/// <param name="With">The values it was made with.</param>
internal sealed record LostCreation(DateTime Since, IReadOnlyDictionary<string, string> With)
{
    private const int FewestToTell = 3;

    private static readonly string[] _names = [ContactProperties.Email, DealProperties.Name];

    /// <summary>The record with its name or address that has most of its values.</summary>
    public HubSpotObject? Named(IEnumerable<HubSpotObject> records) => records.Where(IsNamed).MaxBy(Likeness);

    /// <summary>Whether a record has at least half of its values.</summary>
    public bool IsAlike(HubSpotObject record) => Likeness(record) * 2 >= With.Count;

    /// <summary>
    /// Whether a record has all of its values, or all but one, which somebody may have changed: enough of them, since any two deals
    /// may be in the same stage of a pipeline.
    /// </summary>
    public bool IsNearly(HubSpotObject record) => Likeness(record) is var same && (same == With.Count || (same >= FewestToTell && same == With.Count - 1));

    private bool IsNamed(HubSpotObject record) =>
        _names.Any(name => With.GetValueOrDefault(name) is { } text && string.Equals(text, record.Properties.GetValueOrDefault(name), StringComparison.OrdinalIgnoreCase));

    private int Likeness(HubSpotObject record) => With.Count(one => PropertyText.AreEqual(one.Value, record.Properties.GetValueOrDefault(one.Key)));
}
