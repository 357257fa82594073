using System.Text.Json;
using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Support;

/// <summary>
/// What is known about every contact and deal, as text to compare: all columns, but for ids, versions and times of this
/// service itself. What HubSpot merged into another record or had erased is left out, since whether it was ever here
/// depends on the order of events.
/// </summary>
internal static class RecordStates
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };
    private static readonly string[] _own = [nameof(CrmRecord.Id), nameof(CrmRecord.Version), nameof(CrmRecord.Revision), nameof(CrmRecord.UpdatedAt)];

    public static Task<string> StatesAsync(this LucitraApp app) => app.InDatabaseAsync(async db =>
    {
        var contacts = await db.Contacts.AsNoTracking().Where(contact => contact.HubSpotId != null && contact.MergedIntoId == null).ToListAsync();
        var deals = await db.Deals.AsNoTracking().Where(deal => deal.HubSpotId != null && deal.MergedIntoId == null).ToListAsync();
        var ids = contacts.Cast<CrmRecord>().Concat(deals).ToDictionary(record => record.Id, record => record.HubSpotId);
        var aliases = await db.HubSpotRecords.AsNoTracking().ToListAsync();
        var links = await db.DealContacts.AsNoTracking().ToListAsync();
        var state = new
        {
            Contacts = contacts.OrderBy(Place).Select(Of),
            Deals = deals.OrderBy(Place).Select(Of),
            Aliases = aliases.Select(alias => $"{alias.PortalId} {alias.ObjectType} {alias.ObjectId}: {ids[alias.RecordId]}").Order(StringComparer.Ordinal),
            Links = links.Select(link => $"{ids[link.DealId]} with {ids[link.ContactId]}").Order(StringComparer.Ordinal),
            Erased = await db.ErasedObjects.CountAsync(),
        };
        return JsonSerializer.Serialize(state, _indented);

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
