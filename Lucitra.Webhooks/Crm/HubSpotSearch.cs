namespace Lucitra.Webhooks.Crm;

/// <summary>A search. It lags some seconds behind writes and never finds archived records.</summary>
/// <param name="Filters">All must hold; at most 6.</param>
/// <param name="SortBy">Property to sort by, smallest first; null for HubSpot's own order.</param>
/// <param name="Properties">To be read.</param>
/// <param name="Limit">Page size, at most 200.</param>
/// <param name="After">Where the page begins; null for the first.</param>
public sealed record HubSpotSearch(
    IReadOnlyList<HubSpotFilter> Filters, string? SortBy, IReadOnlyCollection<string> Properties, int Limit = HubSpotSearch.MaxLimit, string? After = null)
{
    public const int MaxLimit = 200;

    /// <summary>HubSpot shows no more results than this, however many pages are asked for: it answers 400 beyond.</summary>
    public const int MaxResults = 10_000;
}

/// <summary>A condition of a search.</summary>
/// <param name="Property">Internal name. A search by a name that the type does not have finds nothing and is no error.</param>
/// <param name="Operator">HubSpot's, such as <c>GTE</c> or <c>EQ</c>.</param>
/// <param name="Value">Times as milliseconds since 1970; null where the operator takes none.</param>
public sealed record HubSpotFilter(string Property, string Operator, string? Value);
