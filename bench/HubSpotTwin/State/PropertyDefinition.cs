namespace Lucitra.Twin.State;

/// <summary>What a portal knows of a property. Only a subscribed one makes webhooks.</summary>
internal sealed record PropertyDefinition(string Name, string Type, string FieldType)
{
    private static readonly string[] _lifecycle =
        ["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"];

    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The options are not listed: pipelines, stages and owners.</summary>
    public bool ExternalOptions { get; init; }

    public bool Calculated { get; init; }

    public bool ReadOnly { get; init; }

    public bool Sensitive { get; init; }

    public bool Custom { get; init; }

    public bool Unique { get; init; }

    public bool Subscribed { get; init; }

    public string Label => Name == "lifecyclestage" ? "Lifecycle Stage" : Name;

    public static IReadOnlyDictionary<string, PropertyDefinition> OfContacts { get; } = Named(
    [
        Text("email"), Text("firstname"), Text("lastname"), Text("phone"), Text("company"), Text("jobtitle"),
        new("lifecyclestage", "enumeration", "radio") { Options = _lifecycle, Subscribed = true },
        new("hs_lead_status", "enumeration", "radio") { Options = ["NEW", "OPEN", "IN_PROGRESS", "CONNECTED", "BAD_TIMING"], Subscribed = true },
        new("hubspot_owner_id", "enumeration", "select") { ExternalOptions = true, Subscribed = true },
        new("renewal_date", "date", "date") { Custom = true, Subscribed = true },
        new("last_demo_at", "datetime", "date") { Custom = true, Subscribed = true },
        new("seats", "number", "number") { Custom = true, Subscribed = true },
        new("external_id", "string", "text") { Custom = true, Unique = true },
        new("health_note", "string", "textarea") { Custom = true, Sensitive = true, Subscribed = true },
        Text("city") with { Subscribed = false },
        ReadOnlyOf("hs_object_source", "string"), ReadOnlyOf("createdate", "datetime"), ReadOnlyOf("lastmodifieddate", "datetime"), ReadOnlyOf("hs_object_id", "number"),
        ReadOnlyOf("hs_additional_emails", "enumeration"), ReadOnlyOf("hs_merged_object_ids", "enumeration"),
        ReadOnlyOf("num_associated_deals", "number") with { Calculated = true },
    ]);

    public static IReadOnlyDictionary<string, PropertyDefinition> OfDeals { get; } = Named(
    [
        Text("dealname"), Text("description"),
        new("amount", "number", "number") { Subscribed = true },
        new("deal_currency_code", "enumeration", "select") { Options = ["EUR", "USD", "GBP"], Subscribed = true },
        new("dealstage", "enumeration", "radio") { ExternalOptions = true, Subscribed = true },
        new("pipeline", "enumeration", "select") { ExternalOptions = true, Subscribed = true },
        new("closedate", "datetime", "date") { Subscribed = true },
        new("dealtype", "enumeration", "radio") { Options = ["newbusiness", "existingbusiness"], Subscribed = true },
        new("hubspot_owner_id", "enumeration", "select") { ExternalOptions = true, Subscribed = true },
        Text("hs_next_step") with { Subscribed = false },
        ReadOnlyOf("hs_object_source", "string"), ReadOnlyOf("createdate", "datetime"), ReadOnlyOf("hs_lastmodifieddate", "datetime"), ReadOnlyOf("hs_object_id", "number"),
        ReadOnlyOf("hs_merged_object_ids", "enumeration"),
        ReadOnlyOf("hs_deal_stage_probability", "number"),
        ReadOnlyOf("hs_is_closed", "bool") with { Calculated = true },
        ReadOnlyOf("hs_is_closed_won", "bool") with { Calculated = true },
        ReadOnlyOf("num_associated_contacts", "number") with { Calculated = true },
    ]);

    public static IReadOnlyDictionary<string, PropertyDefinition> Of(ObjectType type) => type == ObjectType.Contact ? OfContacts : OfDeals;

    private static PropertyDefinition Text(string name) => new(name, "string", "text") { Subscribed = true };

    private static PropertyDefinition ReadOnlyOf(string name, string type) => new(name, type, "text") { ReadOnly = true };

    private static Dictionary<string, PropertyDefinition> Named(PropertyDefinition[] all) => all.ToDictionary(definition => definition.Name);
}
