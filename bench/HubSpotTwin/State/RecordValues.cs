using System.Globalization;

namespace Lucitra.Twin.State;

/// <summary>What a record shows: what was set, and what HubSpot works out itself.</summary>
internal static class RecordValues
{
    /// <summary>All values of a record as the API gives them, with those that HubSpot works out itself.</summary>
    public static Dictionary<string, string?> ValuesOf(this Portal portal, CrmRecord record)
    {
        var values = record.PropertyNames.ToDictionary(name => name, name => record[name]);
        values["hs_object_id"] = $"{record.Id}";
        values["hs_object_source"] = record.CreatedBy?.Source;
        values["createdate"] = CrmRecord.Iso(record.CreatedAt);
        values[record.Type.ModifiedProperty] = CrmRecord.Iso(record.UpdatedAt);
        if (record.MergedIds.Count > 0)
            values["hs_merged_object_ids"] = string.Join(';', record.MergedIds);
        var links = portal.LiveLinks(record).Where(link => link.Kind == LinkKind.Plain).Count();
        values[record.Type == ObjectType.Contact ? "num_associated_deals" : "num_associated_contacts"] = links.ToString(CultureInfo.InvariantCulture);
        if (record.Type == ObjectType.Deal)
        {
            var stage = Pipeline.StageOf(record);
            values["hs_is_closed"] = stage?.Closed == true ? "true" : "false";
            values["hs_is_closed_won"] = stage?.Won == true ? "true" : "false";
            values["hs_deal_stage_probability"] = stage?.Probability;
        }

        return values;
    }

    /// <summary>The links of a record whose other end is live.</summary>
    public static IEnumerable<(long OtherId, LinkKind Kind)> LiveLinks(this Portal portal, CrmRecord record)
    {
        var others = portal.Records(record.Type == ObjectType.Contact ? ObjectType.Deal : ObjectType.Contact);
        return portal.Links.Of(record.Type, record.Id).Where(link => others.TryGet(link.OtherId, out var other) && other.ArchivedAt is null);
    }
}
