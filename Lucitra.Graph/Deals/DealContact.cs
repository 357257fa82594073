namespace Lucitra.Graph.Deals;

/// <summary>A contact has a part in a deal.</summary>
internal sealed class DealContact
{
    public Guid DealId { get; set; }

    public Guid ContactId { get; set; }
}
