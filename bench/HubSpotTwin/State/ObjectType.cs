namespace Lucitra.Twin;

/// <summary>Contacts or deals, by all the names that HubSpot has for them.</summary>
public sealed class ObjectType
{
    private ObjectType(string name, string typeId, string modifiedProperty, string createdProperty, string[] defaults)
    {
        (Name, TypeId, ModifiedProperty) = (name, typeId, modifiedProperty);
        DefaultProperties = [.. defaults, createdProperty, "hs_object_id", modifiedProperty];
    }

    public static ObjectType Contact { get; } = new("contact", "0-1", "lastmodifieddate", "createdate", ["email", "firstname", "lastname"]);

    public static ObjectType Deal { get; } =
        new("deal", "0-3", "hs_lastmodifieddate", "createdate", ["amount", "closedate", "dealname", "dealstage", "pipeline"]);

    public string Name { get; }

    public string Plural => $"{Name}s";

    public string TypeId { get; }

    /// <summary>The property that holds the time of the latest change.</summary>
    public string ModifiedProperty { get; }

    /// <summary>What a read answers with when it asks for no properties.</summary>
    internal IReadOnlyList<string> DefaultProperties { get; }

    /// <summary>The type of a path's segment, or null.</summary>
    internal static ObjectType? Of(string? segment) => segment switch
    {
        "contact" or "contacts" or "0-1" => Contact,
        "deal" or "deals" or "0-3" => Deal,
        _ => null,
    };

    public override string ToString() => Name;
}
