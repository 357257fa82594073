using System.Text.Json;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The rows of a statement: each is written as it comes, for every field that says something of the rows.</summary>
internal sealed class ReadRows(Page page) : PageRows(page)
{
    private JsonBuffer[] _lists = [];
    private RowKey[] _last = [];
    private object?[]? _first;
    private bool _hasNextPage;

    public override string? StartCursor => _first is null ? null : Page.CursorOf(_first);

    public override string? EndCursor => _first is null ? null : Page.CursorOf(ValuesOf(_last));

    public override bool HasNextPage => _hasNextPage;

    public async Task ReadAsync(NpgsqlDataReader reader, ConnectionPlan plan, ReadRun run, CancellationToken cancellationToken)
    {
        _lists = Array.ConvertAll(plan.Lists, _ => run.RentBuffer());
        foreach (var list in _lists)
            list.Writer.WriteStartArray();

        var row = new RecordRow(reader);
        if (plan.ShowsEnds)
            _last = Page.Keys();
        for (var count = 1; await reader.ReadAsync(cancellationToken); count++)
        {
            if (count > Page.Request.Size)
                _hasNextPage = true;
            else
                Write(row, plan, run);
        }

        foreach (var list in _lists)
            list.Writer.WriteEndArray();
    }

    public override void WriteList(Utf8JsonWriter writer, RowsMember member, ReadRun run) => writer.WriteRawValue(_lists[member.Number].Written, skipInputValidation: true);

    private void Write(RecordRow row, ConnectionPlan plan, ReadRun run)
    {
        foreach (var member in plan.Lists)
            member.Item.Write(_lists[member.Number].Writer, row, Page, run);
        foreach (var key in _last)
            key.Take(row);
        if (plan.ShowsEnds)
            _first ??= ValuesOf(_last);
    }

    private static object?[] ValuesOf(RowKey[] keys) => Array.ConvertAll(keys, key => key.Value);
}
