using System.Collections.Frozen;
using GraphQL;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>Opens records of one kind for writes by a caller of this service, and records what came of them.</summary>
internal sealed class RecordWrite<T>(
    RecordCommands commands, RecordJournal journal, Outbox outbox, TimeProvider clock, FrozenDictionary<string, PropertyColumn<T>> columns)
    where T : CrmRecord, new()
{
    /// <summary>Makes a record.</summary>
    public Task<Outcome<T>> CreateAsync(IResolveFieldContext context, MutationInput input, Func<LucitraDbContext, OpenRecord<T>, Task<UserError?>> write) =>
        commands.RunAsync<T>(context, input, db => WriteAsync(context, db, New(db), write));

    /// <summary>Writes into a live record that is at the expected version, if one is given.</summary>
    public Task<Outcome<T>> UpdateAsync(
        IResolveFieldContext context, MutationInput input, Guid id, Optional<int?> version, Func<LucitraDbContext, OpenRecord<T>, Task<UserError?>> write) =>
        OpenAsync(context, input, id, version, async (db, record) =>
            record.Record.ArchivedAt is null ? await write(db, record) : new EntityArchivedError(typeof(T).Name));

    /// <summary>Writes into the record that <paramref name="find"/> gives, or into a new one.</summary>
    public Task<Outcome<T>> UpsertAsync(
        IResolveFieldContext context, MutationInput input, Func<LucitraDbContext, Task<T?>> find, Func<LucitraDbContext, OpenRecord<T>, Task<UserError?>> write) =>
        commands.RunAsync<T>(context, input, async db =>
            await WriteAsync(context, db, await find(db) is { } found ? Edit(found) : New(db), write));

    /// <summary>Archives a record. Archiving it twice changes nothing more.</summary>
    public Task<Outcome<T>> ArchiveAsync(IResolveFieldContext context, MutationInput input, Guid id, Optional<int?> version) =>
        OpenAsync(context, input, id, version, (_, record) =>
        {
            if (record.Record.ArchivedAt is null)
                record.Archive();
            return Task.FromResult<UserError?>(null);
        });

    /// <summary>Brings an archived record back. Restoring a live one changes nothing.</summary>
    public Task<Outcome<T>> RestoreAsync(
        IResolveFieldContext context, MutationInput input, Guid id, Optional<int?> version, Func<LucitraDbContext, T, Task<UserError?>> check) =>
        OpenAsync(context, input, id, version, async (db, record) =>
        {
            if (record.Record.ArchivedAt is null)
                return null;
            record.Restore();
            return await check(db, record.Record);
        });

    private Task<Outcome<T>> OpenAsync(
        IResolveFieldContext context, MutationInput input, Guid id, Optional<int?> version, Func<LucitraDbContext, OpenRecord<T>, Task<UserError?>> write) =>
        commands.RunAsync<T>(context, input, async db =>
        {
            if (await db.HeldAlone<T>(id).FirstOrDefaultAsync(context.CancellationToken) is not { } found)
                return new EntityNotFoundError(typeof(T).Name);
            if (version.Value is { } expected && expected != found.Version)
                return new VersionConflictError(expected, found.Version);
            return await WriteAsync(context, db, Edit(found), write);
        });

    private async Task<Outcome<T>> WriteAsync(
        IResolveFieldContext context, LucitraDbContext db, RecordEdit<T> edit, Func<LucitraDbContext, OpenRecord<T>, Task<UserError?>> write)
    {
        var stamp = new Stamp(clock.UtcNow(), Stamp.ApiSource, Caller.SubjectOf(context.User), EventId: null, IsUnsent: outbox.IsOn);
        var open = new OpenRecord<T>(edit, stamp);
        if (await write(db, open) is { } broken)
            return new Outcome<T>(null, [broken]);

        await outbox.AskAsync(db, open, context.CancellationToken);
        journal.Write(db, [edit]);
        return edit.Record;
    }

    private RecordEdit<T> New(LucitraDbContext db)
    {
        var record = new T { Id = Guid.CreateVersion7(clock.GetUtcNow()), CreatedAt = clock.UtcNow() };
        db.Add(record);
        return new RecordEdit<T>(record, isNew: true, columns);
    }

    private RecordEdit<T> Edit(T record) => new(record, isNew: false, columns);
}

/// <summary>The object is archived; only live ones can be changed.</summary>
/// <param name="TypeName">The type of the object.</param>
internal sealed record EntityArchivedError(string TypeName) : UserError($"{TypeName} is archived and cannot be changed.");
