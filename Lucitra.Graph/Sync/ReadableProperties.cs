using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>Which properties of records are read from HubSpot: those with a column, those that are defined, and the sensitive ones that are set.</summary>
internal sealed class ReadableProperties(IDbContextFactory<LucitraDbContext> contexts, IOptions<SyncOptions> options)
{
    public async Task<IReadOnlyList<string>> OfAsync(string objectType, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (type, columns) = objectType == HubSpotObjectTypes.Deal
            ? (RecordType.Deal, DealProperties.Columns.Keys)
            : (RecordType.Contact, ContactProperties.Columns.Keys);
        var defined = await db.PropertyDefinitions.Where(definition => definition.ObjectType == type).Select(definition => definition.Name).ToListAsync(cancellationToken);
        return [.. columns.Concat(defined).Concat(options.Value.SensitiveProperties).Append(OwnProperties.MergedIds).Distinct().Order(StringComparer.Ordinal)];
    }
}
