using System.Text.Json;
using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Support;

/// <summary>
/// What is known about every contact and deal, as text to compare: all columns, but for ids, versions and times of this
/// service itself.
/// </summary>
internal static class RecordStates
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private static readonly string[] _own = [nameof(CrmRecord.Id), nameof(CrmRecord.Version), nameof(CrmRecord.UpdatedAt)];

    public static Task<string> StatesAsync(this LucitraApp app) => app.InDatabaseAsync(async db =>
    {
        var contacts = await db.Contacts.AsNoTracking().ToListAsync();
        var deals = await db.Deals.AsNoTracking().ToListAsync();
        return JsonSerializer.Serialize(new { Contacts = contacts.OrderBy(Place).Select(Of), Deals = deals.OrderBy(Place).Select(Of) }, _indented);

        SortedDictionary<string, object?> Of(CrmRecord record) => new(
            db.Model.FindEntityType(record.GetType())!.GetProperties()
                .Where(property => !_own.Contains(property.Name))
                .ToDictionary(property => property.Name, property => Shown(property.PropertyInfo!.GetValue(record))));
    });

    private static (long? PortalId, string? HubSpotId) Place(CrmRecord record) => (record.PortalId, record.HubSpotId);

    private static object? Shown(object? value) => value switch
    {
        decimal amount => PropertyText.From(amount),
        Dictionary<string, string> properties => new SortedDictionary<string, string>(properties),
        Dictionary<string, Stamp> stamps => new SortedDictionary<string, Stamp>(
            stamps.ToDictionary(stamp => stamp.Key, stamp => stamp.Value with { EventId = null })),
        _ => value,
    };
}
