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
internal sealed class ListedRows(NestedRows rows, Page page) : PageRows(page)
{
    public override string? StartCursor => CursorAt(0);

    public override string? EndCursor => CursorAt(Length - 1);

    public override bool HasNextPage => rows.Count > Page.Request.Size;

    private int Length => Math.Min(rows.Count, Page.Request.Size);

    public override void WriteList(Utf8JsonWriter writer, RowsMember member, ReadRun run)
    {
        var row = new NestedRow();
        var reader = rows.Read();
        writer.WriteStartArray();
        for (var i = 0; i < Length; i++)
        {
            row.MoveTo(reader.Bytes()!.Value);
            member.Item.Write(writer, row, Page, run);
        }

        writer.WriteEndArray();
    }

    private string? CursorAt(int index)
    {
        if (Length == 0)
            return null;
        var row = new NestedRow();
        var reader = rows.Read();
        for (var i = 0; i < index; i++)
            reader.Bytes();
        row.MoveTo(reader.Bytes()!.Value);
        return Page.CursorOf(row);
    }
}
