using System.Net.Mail;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.Users;

/// <summary>Makes and changes users for those who administer them.</summary>
internal sealed class UserAdministration(
    IDbContextFactory<LucitraDbContext> contexts, Passwords passwords, Sessions sessions, CallerStates states, AuditLog audit, TimeProvider clock)
{
    public async Task<Outcome<UserCredentials>> CreateAsync(Administrator by, CreateUserInput input, CancellationToken cancellationToken)
    {
        var email = input.Email.Trim().ToLowerInvariant();
        var name = string.IsNullOrWhiteSpace(input.Name.Value) ? null : input.Name.Value.Trim();
        if (IssuesWith(email, name, input.Password.Value).ToList() is { Count: > 0 } issues)
            return new ValidationFailedError(issues);
        if (!by.MayGive(input.Role))
            return new BeyondOwnScopesError();

        var user = new User { Id = Guid.CreateVersion7(clock.GetUtcNow()), Email = email, Name = name, PasswordHash = "", Role = input.Role, CreatedAt = clock.UtcNow() };
        var made = input.Password.Value is null ? Passwords.Generate() : null;
        user.PasswordHash = await passwords.HashAsync(user, made ?? input.Password.Value!, cancellationToken);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync($"user:{email}", cancellationToken);
        if (await db.Users.AnyAsync(other => other.Email == email, cancellationToken))
            return new UserAlreadyExistsError();
        db.Add(user);
        audit.Record(db, AuditActions.UserCreated, by.Name, CallerIdentity.SubjectOf(user.Id), details: new() { ["email"] = email, ["role"] = UserRoles.NameOf(user.Role) });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return new UserCredentials(user, made);
    }

    public Task<Outcome<User>> ChangeRoleAsync(Administrator by, ChangeUserRoleInput input, CancellationToken cancellationToken) => ChangeAsync(
        by, input.Id, AuditActions.UserRoleChanged, mayEndAdministration: input.Role != UserRole.Admin, endsSessions: false,
        user =>
        {
            if (!by.MayGive(input.Role))
                return new BeyondOwnScopesError();
            user.Role = input.Role;
            return null;
        },
        cancellationToken, new() { ["role"] = UserRoles.NameOf(input.Role) });

    public Task<Outcome<User>> DisableAsync(Administrator by, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        by, id, AuditActions.UserDisabled, mayEndAdministration: true, endsSessions: true,
        user =>
        {
            user.DisabledAt ??= clock.UtcNow();
            return null;
        },
        cancellationToken);

    public Task<Outcome<User>> EnableAsync(Administrator by, Guid id, CancellationToken cancellationToken) => ChangeAsync(
        by, id, AuditActions.UserEnabled, mayEndAdministration: false, endsSessions: false,
        user =>
        {
            user.DisabledAt = null;
            return null;
        },
        cancellationToken);

    public async Task<Outcome<UserCredentials>> ResetPasswordAsync(Administrator by, ResetUserPasswordInput input, CancellationToken cancellationToken)
    {
        if (input.Password.Value is { } given && Passwords.IssueWith("password", given, "@") is { } issue)
            return new ValidationFailedError([issue]);
        var made = input.Password.Value is null ? Passwords.Generate() : null;
        var hash = await passwords.HashAsync(null!, made ?? input.Password.Value!, cancellationToken);
        var outcome = await ChangeAsync(
            by, input.Id, AuditActions.PasswordChanged, mayEndAdministration: false, endsSessions: true,
            user =>
            {
                user.PasswordHash = hash;
                return null;
            },
            cancellationToken);
        return outcome.Value is { } user ? new UserCredentials(user, made) : new Outcome<UserCredentials>(null, outcome.Errors);
    }

    public async Task<Outcome<User>> DeleteAsync(Administrator by, Guid id, CancellationToken cancellationToken)
    {
        // Ends the sessions first, of which other servers would not hear otherwise.
        var outcome = await DisableAsync(by, id, cancellationToken);
        if (outcome.Value is not { } user)
            return outcome;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.Users.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        audit.Record(db, AuditActions.UserDeleted, by.Name, CallerIdentity.SubjectOf(id), details: new() { ["email"] = user.Email });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return user;
    }

    private async Task<Outcome<User>> ChangeAsync(
        Administrator by, Guid id, string action, bool mayEndAdministration, bool endsSessions, Func<User, UserError?> change, CancellationToken cancellationToken,
        Dictionary<string, string>? details = null)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);

        // Two administrators that demote each other at once would leave none.
        await db.LockAsync("administrators", cancellationToken);
        if (await db.Users.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } user)
            return new EntityNotFoundError(nameof(User));
        if (!by.MayGive(user.Role))
            return new BeyondOwnScopesError();
        if (mayEndAdministration && user is { Role: UserRole.Admin, DisabledAt: null }
            && !await db.Users.AnyAsync(other => other.Id != id && other.Role == UserRole.Admin && other.DisabledAt == null, cancellationToken))
            return new LastAdministratorError();
        if (change(user) is { } broken)
            return broken;

        var open = await db.Sessions.Where(session => session.UserId == id && session.EndedAt == null).Select(session => session.Id).ToListAsync(cancellationToken);
        if (endsSessions)
            await sessions.EndAsync(db, id, only: null, but: null, cancellationToken);
        audit.Record(db, action, by.Name, CallerIdentity.SubjectOf(id), details: new(details ?? []) { ["email"] = user.Email });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var session in open)
            states.Forget(session);
        return user;
    }

    private static IEnumerable<FieldIssue> IssuesWith(string email, string? name, string? password)
    {
        if (email.Length > User.MaxEmailLength || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            yield return new FieldIssue("email", $"must be an e-mail address of at most {User.MaxEmailLength} characters");
        if (name is not null && (name.Length > User.MaxNameLength || name.Contains('\0', StringComparison.Ordinal)))
            yield return new FieldIssue("name", $"must be at most {User.MaxNameLength} characters and have no U+0000");
        if (password is not null && Passwords.IssueWith("password", password, email) is { } issue)
            yield return issue;
    }
}

/// <summary>Who changes users, and what they may give.</summary>
internal sealed record Administrator(string Name, Scopes Scopes)
{
    public bool MayGive(UserRole role) => (UserRoles.ScopesOf(role) & ~Scopes) == Scopes.None;
}
