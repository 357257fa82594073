using System.ComponentModel.DataAnnotations;

namespace Lucitra.Webhooks.Crm;

/// <summary>Section <c>HubSpot:Api:Paths</c>: where the parts of the API begin. HubSpot puts its versions there.</summary>
public sealed class HubSpotApiPaths
{
    // Segments of letters, digits, dots and hyphens.
    private const string Path = @"(/[\w.\-]+)+";

    /// <summary>Records. Default <c>/crm/v3/objects</c>; the dated versions are of the form <c>/crm/objects/2026-03</c>.</summary>
    [RegularExpression(Path)]
    public string Objects { get; set; } = "/crm/v3/objects";

    /// <summary>Links of many records. Default <c>/crm/v4/associations</c>; dated <c>/crm/associations/2026-03</c>.</summary>
    [RegularExpression(Path)]
    public string Associations { get; set; } = "/crm/v4/associations";

    /// <summary>Links of one record. Default <c>/crm/v4/objects</c>; dated <c>/crm/objects/2026-03</c>.</summary>
    [RegularExpression(Path)]
    public string RecordAssociations { get; set; } = "/crm/v4/objects";

    /// <summary>Pipelines and their stages. Default <c>/crm/v3/pipelines</c>.</summary>
    [RegularExpression(Path)]
    public string Pipelines { get; set; } = "/crm/v3/pipelines";

    /// <summary>Owners. Default <c>/crm/v3/owners</c>.</summary>
    [RegularExpression(Path)]
    public string Owners { get; set; } = "/crm/v3/owners";

    /// <summary>Definitions of properties. Default <c>/crm/v3/properties</c>.</summary>
    [RegularExpression(Path)]
    public string Properties { get; set; } = "/crm/v3/properties";

    /// <summary>The account itself. Default <c>/account-info/v3/details</c>.</summary>
    [RegularExpression(Path)]
    public string Account { get; set; } = "/account-info/v3/details";

    /// <summary>Access tokens of the public app. Default <c>/oauth/v1/token</c>.</summary>
    [RegularExpression(Path)]
    public string Token { get; set; } = "/oauth/v1/token";
}
