using System.Globalization;

namespace Lucitra.Twin.Script;

/// <summary>What users type: plain, foreign, long and empty.</summary>
internal sealed class UserTexts(Random random)
{
    private static readonly string[] _firstNames = ["Aline", "Ѓорѓи", "Søren", "王", "Zoë", "Nguyễn", "محمد", "Ann-Marie", "O'Neil"];
    private static readonly string[] _lastNames = ["Duarte", "Петров", "Müller", "小林", "de la Cruz", "Ó Briain", "🚀 Rocket", "Smith & Sons <b>"];
    private static readonly string[] _numbers = ["0", "-3", "1234.50", "87000", "0.1", "1E3", "99999999.99", "12.345"];
    private int _emails;

    public Dictionary<string, string> NewContact() => new()
    {
        ["email"] = Email(),
        ["firstname"] = Of(_firstNames),
        ["lastname"] = Of(_lastNames),
        ["phone"] = $"+35121555{random.Next(10_000):0000}",
        ["company"] = $"Company {random.Next(500)}",
        ["jobtitle"] = "Buyer",
        ["lifecyclestage"] = "lead",
        ["hs_lead_status"] = "NEW",
    };

    public Dictionary<string, string> NewDeal() => new()
    {
        ["dealname"] = $"{Of(_lastNames)} – phase {random.Next(9)}",
        ["amount"] = Of(_numbers),
        ["pipeline"] = "default",
        ["dealstage"] = "appointmentscheduled",
        ["deal_currency_code"] = "EUR",
    };

    /// <summary>A new value for some property of a contact; empty clears it.</summary>
    public KeyValuePair<string, string> ContactEdit() => random.Next(12) switch
    {
        0 => new("firstname", Of(_firstNames)),
        1 => new("lastname", Of(_lastNames)),
        2 => new("phone", random.Next(3) == 0 ? "" : $"+44{random.Next(1_000_000)}"),
        3 => new("company", random.Next(6) == 0 ? Long() : $"Company {random.Next(500)}"),
        4 => new("jobtitle", random.Next(4) == 0 ? "" : $"Job {random.Next(100)}"),
        5 => new("lifecyclestage", Of(["subscriber", "lead", "opportunity", "customer", ""])),
        6 => new("hubspot_owner_id", Of(["41629001", "41629002", "41629003", ""])),
        7 => new("renewal_date", random.Next(4) == 0 ? "" : Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        8 => new("last_demo_at", Day().AddMilliseconds(random.Next(86_400_000)).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
        9 => new("seats", Of(_numbers)),
        10 => new("health_note", $"note {random.Next(100)}"),
        _ => new("city", Of(["Lisboa", "Köln", "東京", ""])),
    };

    public KeyValuePair<string, string> DealEdit() => random.Next(6) switch
    {
        0 => new("dealname", $"{Of(_lastNames)} {random.Next(1000)}"),
        1 => new("amount", random.Next(5) == 0 ? "" : Of(_numbers)),
        2 => new("description", random.Next(5) == 0 ? Long() : $"said \"{random.Next(100)}\"\n\tline two"),
        3 => new("closedate", Day().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
        4 => new("hubspot_owner_id", Of(["41629001", "41629002", ""])),
        _ => new("hs_next_step", $"call {random.Next(100)}"),
    };

    public string Email() => $"person{++_emails}@north{random.Next(50)}.example";

    private string Long() => string.Concat(Enumerable.Repeat("löng ", 101 + random.Next(100)));

    private DateTime Day() => new DateTime(1965, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(25_000));

    private string Of(ReadOnlySpan<string> texts) => texts[random.Next(texts.Length)];
}
