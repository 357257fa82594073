using System.Collections.Frozen;
using GraphQL;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>Opens records of one kind for writes by a caller of this service, and records what came of them.</summary>
internal sealed class RecordWrite<T>(RecordCommands commands, RecordJournal journal, TimeProvider clock, FrozenDictionary<string, PropertyColumn<T>> columns)
    where T : CrmRecord, new()
{
    /// <summary>Makes a record with these property values.</summary>
    public Task<Outcome<T>> CreateAsync(
        IResolveFieldContext context, IReadOnlyList<PropertyInput> values, Func<LucitraDbContext, T, Task<UserError?>> check) =>
        RunAsync(context, values, async db =>
        {
            var record = new T { Id = Guid.CreateVersion7(clock.GetUtcNow()), CreatedAt = clock.UtcNow() };
            await db.AddAsync(record, context.CancellationToken);
            return new RecordEdit<T>(record, isNew: true, columns);
        }, check);

    /// <summary>Writes these property values into a live record.</summary>
    public Task<Outcome<T>> UpdateAsync(
        IResolveFieldContext context, Guid id, IReadOnlyList<PropertyInput> values, Func<LucitraDbContext, T, Task<UserError?>> check) =>
        RunAsync(context, values, db => OpenAsync(db, id, context.CancellationToken), async (db, record) =>
            record.ArchivedAt is null ? await check(db, record) : new EntityArchivedError(typeof(T).Name));

    /// <summary>Archives a record. Archiving it twice changes nothing more.</summary>
    public Task<Outcome<T>> ArchiveAsync(IResolveFieldContext context, Guid id) => commands.RunAsync<T>(async db =>
    {
        if (await OpenAsync(db, id, context.CancellationToken) is not { } edit)
            return new EntityNotFoundError(typeof(T).Name);
        if (edit.Record.ArchivedAt is null)
            edit.Archive(StampFor(context));
        await journal.WriteAsync(db, [edit], context.CancellationToken);
        return edit.Record;
    }, context.CancellationToken);

    private async Task<Outcome<T>> RunAsync(
        IResolveFieldContext context,
        IReadOnlyList<PropertyInput> values,
        Func<LucitraDbContext, Task<RecordEdit<T>?>> open,
        Func<LucitraDbContext, T, Task<UserError?>> check)
    {
        var issues = values.Select(IssueWith).OfType<FieldIssue>().ToList();
        if (issues.Count > 0)
            return new ValidationFailedError(issues);

        return await commands.RunAsync<T>(async db =>
        {
            if (await open(db) is not { } edit)
                return new EntityNotFoundError(typeof(T).Name);

            var stamp = StampFor(context);
            foreach (var (_, property, text) in values)
                edit.Set(property, string.IsNullOrEmpty(text) ? null : text, edit.StampAfter(property, stamp));
            if (await check(db, edit.Record) is { } broken)
                return broken;

            await journal.WriteAsync(db, [edit], context.CancellationToken);
            return edit.Record;
        }, context.CancellationToken);
    }

    private static FieldIssue? IssueWith(PropertyInput value) => value.Text switch
    {
        null => null,
        { Length: > PropertyColumn<T>.MaxTextLength } => new FieldIssue(value.Field, $"is longer than {PropertyColumn<T>.MaxTextLength} characters"),
        var text when text.Contains('\0', StringComparison.Ordinal) => new FieldIssue(value.Field, "contains the character U+0000, which cannot be stored"),
        _ => null,
    };

    private async Task<RecordEdit<T>?> OpenAsync(LucitraDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Set<T>().FirstOrDefaultAsync(record => record.Id == id, cancellationToken) is { } record
            ? new RecordEdit<T>(record, isNew: false, columns)
            : null;

    private Stamp StampFor(IResolveFieldContext context) => new(clock.UtcNow(), Stamp.ApiSource, context.User?.Identity?.Name, EventId: null);
}

/// <summary>A property value that a caller gave.</summary>
/// <param name="Field">The field of the input it came in.</param>
/// <param name="Property">HubSpot's internal name of the property.</param>
/// <param name="Text">The text; null or empty clears.</param>
internal sealed record PropertyInput(string Field, string Property, string? Text);

/// <summary>The object is archived; only live ones can be changed.</summary>
/// <param name="TypeName">The type of the object.</param>
internal sealed record EntityArchivedError(string TypeName) : UserError($"{TypeName} is archived and cannot be changed.");
