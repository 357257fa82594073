using System.Net.Mail;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.WriteBack;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Contacts;

/// <summary>Writes to contacts.</summary>
internal sealed class ContactMutations(RecordCommands commands, RecordJournal journal, Outbox outbox, TimeProvider clock)
{
    private readonly RecordWrite<Contact> _write = new(commands, journal, outbox, clock, ContactProperties.Columns);

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<CreateContactInput, Contact>(
            "createContact", "Creates a contact.", Scopes.ContactsWrite,
            [typeof(EmailAlreadyInUseError), typeof(ValidationFailedError)],
            (context, input) => _write.CreateAsync(context, input, async (db, contact) =>
                await SetAsync(db, contact, input.Values()) ?? (contact.Record.Email is null ? NotAnAddress : null)),
            batch: "createContacts");
        mutation.Mutation<UpdateContactInput, Contact>(
            "updateContact", "Changes a contact.", Scopes.ContactsWrite,
            [typeof(EntityNotFoundError), typeof(EntityArchivedError), typeof(VersionConflictError), typeof(EmailAlreadyInUseError), typeof(ValidationFailedError)],
            (context, input) => _write.UpdateAsync(context, input, input.Id, input.Version, (db, contact) => SetAsync(db, contact, input.Values())),
            batch: "updateContacts");
        mutation.Mutation<UpsertContactInput, Contact>(
            "upsertContact", "Changes the live contact that has the e-mail address, or creates one.", Scopes.ContactsWrite,
            [typeof(EmailAlreadyInUseError), typeof(ValidationFailedError)],
            UpsertAsync,
            batch: "upsertContacts");
        mutation.Mutation<ArchiveContactInput, Contact>(
            "archiveContact", "Archives a contact: lists leave it out, and its history stays. Archiving it twice changes nothing more.", Scopes.ContactsWrite,
            [typeof(EntityNotFoundError), typeof(VersionConflictError)],
            (context, input) => _write.ArchiveAsync(context, input, input.Id, input.Version),
            batch: "archiveContacts");
        mutation.Mutation<RestoreContactInput, Contact>(
            "restoreContact", "Brings an archived contact back. Restoring a live one changes nothing.", Scopes.ContactsWrite,
            [typeof(EntityNotFoundError), typeof(VersionConflictError), typeof(EmailAlreadyInUseError)],
            (context, input) => _write.RestoreAsync(context, input, input.Id, input.Version, CheckEmailAsync),
            batch: "restoreContacts");
    }

    private static ValidationFailedError NotAnAddress => new([new FieldIssue("email", "must be an email address")]);

    private static async Task<UserError?> SetAsync(LucitraDbContext db, OpenRecord<Contact> contact, IReadOnlyList<PropertyInput> values)
    {
        var before = contact.Record.Email;
        if (contact.Set(values) is { } invalid)
            return invalid;
        return contact.Record.Email == before ? null : await CheckEmailAsync(db, contact.Record);
    }

    private static async Task<UserError?> CheckEmailAsync(LucitraDbContext db, Contact contact)
    {
        if (contact.Email is not { } email)
            return null;
        if (!MailAddress.TryCreate(email, out var address) || address.Address != email)
            return NotAnAddress;

        return await ContactEmail.LockToFindAsync(db, email, contact.Id, CancellationToken.None) ? new EmailAlreadyInUseError(email) : null;
    }

    private Task<Outcome<Contact>> UpsertAsync(IResolveFieldContext context, UpsertContactInput input) => _write.UpsertAsync(
        context, input,
        async db =>
        {
            await ContactEmail.LockAsync(db, input.Email, context.CancellationToken);
            return await ContactEmail.Live(db, [ContactEmail.Lower(input.Email)]).OrderBy(contact => contact.Id).FirstOrDefaultAsync(context.CancellationToken);
        },
        async (db, contact) =>
        {
            // Of several contacts with the address, which HubSpot lets be for a moment, the oldest is meant.
            var isKnown = contact.Record.Email is not null;
            return contact.Set(input.Values())
                ?? (contact.Record.Email is null ? NotAnAddress : isKnown ? null : await CheckEmailAsync(db, contact.Record));
        });
}
