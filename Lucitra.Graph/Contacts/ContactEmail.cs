using Lucitra.Graph.Database;

namespace Lucitra.Graph.Contacts;

/// <summary>E-mail addresses as keys: upper and lower case do not differ, and only live contacts count.</summary>
internal static class ContactEmail
{
    // As both databases do it: letters beyond ASCII stay as they are.
    public static string Lower(string email) =>
        string.Concat(email.Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    /// <summary>Has everybody else wait who takes an address, to the end of the transaction. Two who look for it at once would both find it free.</summary>
    public static Task LockAsync(LucitraDbContext db, string email, CancellationToken cancellationToken) => db.LockAsync(LockOf(email), cancellationToken);

    /// <summary>Locks an address, and says whether a live contact other than this one has it.</summary>
    public static Task<bool> LockToFindAsync(LucitraDbContext db, string email, Guid except, CancellationToken cancellationToken) => db.LockToFindAsync(
        LockOf(email),
        $"""SELECT 1 AS "Value" FROM contacts WHERE archived_at IS NULL AND lower(email) = {Lower(email)} AND id <> {except} LIMIT 1""",
        cancellationToken);

    /// <summary>The live contacts with one of these addresses, which are in lower case.</summary>
    public static IQueryable<Contact> Live(LucitraDbContext db, IReadOnlyCollection<string> lower) =>
        db.Contacts.Where(contact => contact.ArchivedAt == null && lower.Contains(contact.Email!.ToLower()));

    private static string LockOf(string email) => $"contact-email:{Lower(email)}";
}
