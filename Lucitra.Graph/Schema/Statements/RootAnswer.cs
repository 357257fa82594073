using System.Text.Json;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The answer of a field of the operation itself, in one run.</summary>
internal abstract class RootAnswer
{
    /// <summary>Reads the rows of its statements, from the first of them on, and leaves the reader on the next one.</summary>
    public abstract Task ReadAsync(NpgsqlDataReader reader, ReadRun run, CancellationToken cancellationToken);

    public abstract void Write(Utf8JsonWriter writer, ReadRun run);
}

/// <summary>The name of the operation's type.</summary>
internal sealed class TypeNameAnswer(string type) : RootAnswer
{
    public override Task ReadAsync(NpgsqlDataReader reader, ReadRun run, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(Utf8JsonWriter writer, ReadRun run) => writer.WriteStringValue(type);
}

/// <summary>A page.</summary>
internal sealed class PageAnswer(ConnectionPlan plan) : RootAnswer
{
    private PageRows _rows = new ListedRows(default, Page.None);

    public override async Task ReadAsync(NpgsqlDataReader reader, ReadRun run, CancellationToken cancellationToken)
    {
        if (plan.ReadsRows)
        {
            var rows = new ReadRows(run.PageOf(plan));
            await rows.ReadAsync(reader, plan, run, cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            _rows = rows;
        }

        if (plan.CountsTotal)
        {
            await reader.ReadAsync(cancellationToken);
            _rows.Total = reader.GetInt32(0);
            await reader.NextResultAsync(cancellationToken);
        }
    }

    public override void Write(Utf8JsonWriter writer, ReadRun run) => plan.Write(writer, run, _rows);
}

/// <summary>An object, or null.</summary>
internal sealed class ObjectAnswer(ObjectPlan plan) : RootAnswer
{
    private JsonBuffer? _written;

    public override async Task ReadAsync(NpgsqlDataReader reader, ReadRun run, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(cancellationToken))
        {
            _written = run.RentBuffer();
            plan.Write(_written.Writer, new RecordRow(reader), run);
        }

        await reader.NextResultAsync(cancellationToken);
    }

    public override void Write(Utf8JsonWriter writer, ReadRun run)
    {
        if (_written is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(_written.Written, skipInputValidation: true);
    }
}
