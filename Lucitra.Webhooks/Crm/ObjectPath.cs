namespace Lucitra.Webhooks.Crm;

/// <summary>How the API's paths spell object types.</summary>
internal static class ObjectPath
{
    /// <summary>The segment for a type as <see cref="HubSpotObjectTypes"/> has it; object type ids and plurals stand for themselves.</summary>
    public static string Of(string objectType) => objectType switch
    {
        HubSpotObjectTypes.Contact => "contacts",
        HubSpotObjectTypes.Deal => "deals",
        "company" => "companies",
        "ticket" => "tickets",
        "product" => "products",
        "line_item" => "line_items",
        _ => Uri.EscapeDataString(objectType),
    };
}
