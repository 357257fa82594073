namespace Lucitra.Webhooks;

/// <summary>Names of HubSpot's object types, as the classic subscription types spell them.</summary>
public static class HubSpotObjectTypes
{
    public const string Contact = "contact";
    public const string Deal = "deal";

    /// <summary>The name that belongs to an object type id such as <c>0-1</c>; the id itself where there is none.</summary>
    internal static string NameOf(string objectTypeId) => objectTypeId switch
    {
        "0-1" => Contact,
        "0-2" => "company",
        "0-3" => Deal,
        "0-5" => "ticket",
        "0-7" => "product",
        "0-8" => "line_item",
        _ => objectTypeId,
    };
}
