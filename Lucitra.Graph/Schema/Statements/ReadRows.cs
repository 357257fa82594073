using System.Text.Json;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The rows of a statement: each is written as it comes, for every field that says something of the rows.</summary>
internal sealed class ReadRows(Page page) : PageRows(page)
{
    private JsonBuffer[] _lists = [];
    private object?[]? _firstKeys;
    private object?[]? _lastKeys;
    private bool _hasNextPage;

    public override string? StartCursor => _firstKeys is null ? null : Page.CursorOf(_firstKeys);

    public override string? EndCursor => _lastKeys is null ? null : Page.CursorOf(_lastKeys);

    public override bool HasNextPage => _hasNextPage;

    public async Task ReadAsync(NpgsqlDataReader reader, ConnectionPlan plan, ReadRun run, CancellationToken cancellationToken)
    {
        _lists = [.. plan.Lists.Select(_ => run.RentBuffer())];
        foreach (var list in _lists)
            list.Writer.WriteStartArray();

        var row = new RecordRow(reader);
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
        if (!plan.ShowsEnds)
            return;
        _lastKeys = Page.KeysOf(row);
        _firstKeys ??= _lastKeys;
    }
}
