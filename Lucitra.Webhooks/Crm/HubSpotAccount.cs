namespace Lucitra.Webhooks.Crm;

/// <summary>
/// A HubSpot account. The time zone is an IANA name, such as <c>Europe/Lisbon</c>: the one in which its users pick days.
/// Currencies are ISO 4217 codes; the company's is that of amounts that name none.
/// </summary>
public sealed record HubSpotAccount(
    long PortalId, string? TimeZone = null, string? CompanyCurrency = null, IReadOnlyList<string>? AdditionalCurrencies = null);
