using Lucitra.Graph.Database;

namespace Lucitra.Graph.Contacts;

/// <summary>E-mail addresses as keys: upper and lower case do not differ, and only live contacts count.</summary>
internal static class ContactEmail
{
    // As both databases do it: letters beyond ASCII stay as they are.
    public static string Lower(string email) =>
        string.Concat(email.Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));

    /// <summary>The live contacts with one of these addresses, which are in lower case.</summary>
    public static IQueryable<Contact> Live(LucitraDbContext db, IReadOnlyCollection<string> lower) =>
        db.Contacts.Where(contact => contact.ArchivedAt == null && lower.Contains(contact.Email!.ToLower()));
}
