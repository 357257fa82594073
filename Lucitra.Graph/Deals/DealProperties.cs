using System.Collections.Frozen;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Deals;

/// <summary>The HubSpot properties of a deal that have a column.</summary>
internal static class DealProperties
{
    public const string Name = "dealname";
    public const string Amount = "amount";
    public const string Currency = "deal_currency_code";
    public const string Pipeline = "pipeline";
    public const string Stage = "dealstage";
    public const string CloseDate = "closedate";
    public const string OwnerId = "hubspot_owner_id";

    public static FrozenDictionary<string, PropertyColumn<Deal>> Columns { get; } = new[]
    {
        PropertyColumn<Deal>.Text(Name, d => d.Name, (d, v) => d.Name = v),
        PropertyColumn<Deal>.Number(Amount, d => d.Amount, (d, v) => d.Amount = v),
        PropertyColumn<Deal>.Text(Currency, d => d.Currency, (d, v) => d.Currency = v),
        PropertyColumn<Deal>.Text(Pipeline, d => d.PipelineId, (d, v) => d.PipelineId = v, Deals.Pipeline.MaxIdLength),
        PropertyColumn<Deal>.Text(Stage, d => d.StageId, (d, v) => d.StageId = v, Deals.Pipeline.MaxIdLength),
        PropertyColumn<Deal>.Instant(CloseDate, d => d.CloseDate, (d, v) => d.CloseDate = v),
        PropertyColumn<Deal>.Text(OwnerId, d => d.OwnerId, (d, v) => d.OwnerId = v),
    }.ToFrozenDictionary(column => column.Property);
}
