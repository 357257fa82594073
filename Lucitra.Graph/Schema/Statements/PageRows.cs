using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The rows of a page, and where it stands in its list.</summary>
internal abstract class PageRows(Page page)
{
    /// <summary>How many rows the list has in all; null where that is not asked for.</summary>
    public int? Total { get; set; }

    /// <summary>Whether there is another row after the page.</summary>
    public abstract bool HasNextPage { get; }

    public bool HasPreviousPage => Page.Request.After is not null;

    public abstract string? StartCursor { get; }

    public abstract string? EndCursor { get; }

    protected Page Page { get; } = page;

    /// <summary>Writes what a field says of the rows, as a list.</summary>
    public abstract void WriteList(Utf8JsonWriter writer, RowsMember member, ReadRun run);
}

/// <summary>The rows of a query within a query.</summary>
internal sealed class ListedRows(JsonElement rows, Page page) : PageRows(page)
{
    private readonly int _count = rows.ValueKind == JsonValueKind.Array ? rows.GetArrayLength() : 0;

    public override string? StartCursor => _count == 0 || Size == 0 ? null : Page.CursorOf(new JsonRow(rows[0]));

    public override string? EndCursor => _count == 0 || Size == 0 ? null : Page.CursorOf(new JsonRow(rows[Math.Min(_count, Size) - 1]));

    public override bool HasNextPage => _count > Size;

    private int Size => Page.Request.Size;

    public override void WriteList(Utf8JsonWriter writer, RowsMember member, ReadRun run)
    {
        var left = Size;
        writer.WriteStartArray();
        foreach (var row in rows.EnumerateArray())
        {
            if (left-- == 0)
                break;
            member.Item.Write(writer, new JsonRow(row), Page, run);
        }

        writer.WriteEndArray();
    }
}
