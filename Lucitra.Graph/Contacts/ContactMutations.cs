using System.Net.Mail;
using GraphQL.Types;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Contacts;

/// <summary>Writes to contacts.</summary>
internal sealed class ContactMutations(RecordCommands commands, RecordJournal journal, TimeProvider clock)
{
    private readonly RecordWrite<Contact> _write = new(commands, journal, clock, ContactProperties.Columns);

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<CreateContactInput, Contact>(
            "createContact", "Creates a contact.",
            [typeof(EmailAlreadyInUseError), typeof(ValidationFailedError)],
            (context, input) => _write.CreateAsync(context, input.Values(), async (db, contact) =>
                contact.Email is null ? NotAnAddress : await CheckAsync(db, contact)));
        mutation.Mutation<UpdateContactInput, Contact>(
            "updateContact", "Changes a contact.",
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(EmailAlreadyInUseError), typeof(ValidationFailedError)],
            (context, input) => _write.UpdateAsync(
                context, input.Id, input.Values(), (db, contact) => input.Email.IsGiven ? CheckAsync(db, contact) : Task.FromResult<UserError?>(null)));
        mutation.Mutation<ArchiveContactInput, Contact>(
            "archiveContact", "Archives a contact: lists leave it out, and its history stays. Archiving it twice changes nothing more.",
            [typeof(EntityNotFoundError)],
            (context, input) => _write.ArchiveAsync(context, input.Id));
    }

    private static ValidationFailedError NotAnAddress => new([new FieldIssue("email", "must be an email address")]);

    private static async Task<UserError?> CheckAsync(LucitraDbContext db, Contact contact)
    {
        if (contact.Email is not { } email)
            return null;
        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
            return NotAnAddress;

        var lower = Lower(email);
        await db.LockAsync($"contact-email:{lower}", CancellationToken.None);
        var taken = await db.Contacts.AnyAsync(other => other.Id != contact.Id && other.ArchivedAt == null && other.Email!.ToLower() == lower);
        return taken ? new EmailAlreadyInUseError(email) : null;
    }

    // As both databases do it: letters beyond ASCII stay as they are.
    private static string Lower(string email) =>
        string.Concat(email.Select(letter => char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : letter));
}
