using FsCheck;
using FsCheck.Fluent;
using Lucitra.Graph.Contacts;

namespace Lucitra.Tests.Schema.Paging;

/// <summary>A walk through random contacts in a random order while another writer is at work.</summary>
/// <param name="Rows">The contacts at the start, with many equal and missing values.</param>
/// <param name="Keys">What to sort by.</param>
/// <param name="Size">Items in a page.</param>
/// <param name="Backward">From the end to the start.</param>
/// <param name="Writes">What the writer does after each page.</param>
internal sealed record PagingCase(Values[] Rows, (string Field, bool Descending)[] Keys, int Size, bool Backward, Write[] Writes)
{
    private static readonly string[] _fields = ["lastName", "company", "portalId", "number", "note"];

    public static Arbitrary<PagingCase> Any()
    {
        var text = Gen.Elements<string?>(null, null, "a", "A", "b", "ä", "");
        var values =
            from lastName in text
            from company in text
            from portalId in Gen.Elements<long?>(null, 1, 2)
            from number in Gen.Elements<string?>(null, "9", "10", "10.0", "-1", "none")
            from note in text
            select new Values(lastName, company, portalId, number, note);
        var key = from field in Gen.Elements(_fields) from isDescending in Gen.Elements(false, true) select (field, isDescending);
        var write = from row in Gen.Choose(-5, 24) from changed in values select new Write(row, changed);
        var cases =
            from rows in Gen.Choose(0, 20).SelectMany(count => values.ArrayOf(count))
            from keys in Gen.Choose(1, 3).SelectMany(count => key.ArrayOf(count))
            from size in Gen.Choose(1, 7)
            from backward in Gen.Elements(false, true)
            from writes in Gen.Choose(0, 6).SelectMany(count => write.ArrayOf(count))
            select new PagingCase(rows, keys, size, backward, writes);
        return Arb.From(cases);
    }

    /// <summary>The argument <c>order</c>, without the brackets.</summary>
    public string Order => string.Join(", ", Keys.Select(key =>
    {
        var direction = key.Descending ? "DESC" : "ASC";
        return key.Field is "number" or "note"
            ? $$"""{property: [{name: "{{key.Field}}", direction: {{direction}}}]}"""
            : $"{{{key.Field}: {direction}}}";
    }));

    /// <summary>Whether the writer leaves this row alone.</summary>
    public bool IsUntouched(int row) => !Writes.Any(write => write.Row == row);

    /// <summary>The rows that the writer leaves alone, in the order that the server should give.</summary>
    public IEnumerable<int> Expected(IReadOnlyList<Contact> contacts)
    {
        var sorted = Enumerable.Range(0, Rows.Length).Where(IsUntouched).OrderBy(_ => 0);
        foreach (var (field, descending) in Keys.DistinctBy(key => key.Field))
        {
            var comparer = Comparer<object?>.Create((a, b) => (descending ? -1 : 1) * Compare(a, b));
            sorted = sorted.ThenBy(row => Rows[row].Of(field), comparer);
        }

        return sorted.ThenBy(row => contacts[row].Id);
    }

    public override string ToString() =>
        $"size {Size}{(Backward ? " backward" : "")} order [{Order}]\n{string.Join('\n', Rows.Select((row, i) => $"{i}: {row}"))}\n{string.Join('\n', Writes.Select(write => $"{write}"))}";

    private static int Compare(object? a, object? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string left, string right) => string.CompareOrdinal(left, right),
        _ => Comparer<object>.Default.Compare(a, b),
    };
}

/// <summary>The values of a contact that the orders of a <see cref="PagingCase"/> look at.</summary>
internal sealed record Values(string? LastName, string? Company, long? PortalId, string? Number, string? Note)
{
    public Contact PutInto(Contact contact)
    {
        (contact.LastName, contact.Company, contact.PortalId) = (LastName, Company, PortalId);
        contact.Properties = new[] { ("number", Number), ("note", Note) }
            .Where(property => property.Item2 is not null)
            .ToDictionary(property => property.Item1, property => property.Item2!);
        return contact;
    }

    public object? Of(string field) => field switch
    {
        "lastName" => LastName,
        "company" => Company,
        "portalId" => PortalId,
        "number" => Number is null or "none" ? null : decimal.Parse(Number, System.Globalization.CultureInfo.InvariantCulture),
        _ => Note,
    };
}

/// <summary>One write: gives new values to a row, or inserts a contact where there is no such row.</summary>
internal sealed record Write(int Row, Values Values);
